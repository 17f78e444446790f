-- By which entry the cards of a child are not kept any more: asked for each text about a card that is gone.

CREATE INDEX journal_cards_forgotten ON journal (child, seq) WHERE kind = 'cards_forgotten';
