-- What a first frame asks for must not grow with the register: who must not collect, and how many cards are where.

CREATE INDEX collector_barred ON collector (child) WHERE may_collect = 'barred';

CREATE INDEX card_where ON card (state, custody);
