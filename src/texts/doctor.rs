//! What `caredesk doctor` says: what each thing is, and what to do where it is not so.

use std::fmt::Display;

use super::Lang;

catalogue! {
    good(what): "OK   {what}" | "OK   {what}";
    bad(what, remedy): "NOT  {what}：{remedy}" | "NOT  {what}: {remedy}";
    unseen(what, remedy): "?    {what}：这里看不到，请人核对（{remedy}）" | "?    {what}: not seen from here, somebody checks it ({remedy})";
    failed(n): "{n} 项不对，见上面的 NOT" | "{n} things are not as they should be: see NOT above";

    record(): "记录与登记时一致" | "the record is what was entered";
    record_do(): "执行 caredesk verify，看是哪里；保留全部文件" | "run caredesk verify to see where; keep all files";
    sealed(): "有封印记录的钥匙，只有本用户能读" | "there is a key that seals the record, readable by this user alone";
    sealed_do(): "启动一次前台；钥匙文件 (record-key-…) 权限设为 600，不与数据放在一起" | "start the desk once; chmod 600 the key (record-key-…), and keep it apart from the store";
    private(): "只有本用户能读写数据" | "only this user reads and writes the store";
    private_do(): "执行 chmod 700 数据目录、chmod 600 里面的 caredesk.db*" | "chmod 700 the data folder, chmod 600 caredesk.db* in it";
    own_user(): "不是以 root 运行" | "it is not run by root";
    own_user_do(): "给前台建一个自己的用户，用它运行（assets/kiosk）" | "make a user of its own for the desk and run it as that one (assets/kiosk)";
    local_disk(): "数据在本机磁盘上，不在网络盘" | "the store lies on a disk of this computer";
    local_disk_do(): "把数据目录移到本机磁盘，用 --data 指定" | "move the data folder to a disk of this computer and name it with --data";
    fixed_disk(): "数据不在可拔的盘上" | "the store is on no disk that can be pulled out";
    fixed_disk_do(): "U 盘只放备份；把数据移到机内磁盘" | "a stick is for backups only: move the store to a built-in disk";
    encrypted(): "数据所在的磁盘已加密" | "the disk of the store is encrypted";
    encrypted_do(): "安装系统时选 LUKS 加密（Windows 用 BitLocker）" | "choose LUKS when the system is installed (BitLocker on Windows)";
    passphrase(): "有备份口令，只有本用户能读" | "there is a passphrase for backups, readable by this user alone";
    passphrase_do(): "请组长执行一次 caredesk backup 并抄下口令；口令文件 (backup-passphrase) 不可读或空的，写回纸上的口令；权限设为 600" | "a leader runs caredesk backup once and writes the passphrase down; where its file (backup-passphrase) cannot be read or is empty, write the words of the paper into it; chmod 600 it";
    backups(): "最近两天有备份" | "there is a backup of the last two days";
    backups_do(): "执行 caredesk backup，看它说什么" | "run caredesk backup and see what it says";
    other_disk(): "备份在另一块盘上" | "backups lie on another disk";
    other_disk_do(): "插上备份盘，在设置里写 backup_folder" | "plug one in and name it as backup_folder in the configuration";
    kept(): "没有超过保存期的出入记录和离开者的卡，删除都做完了" | "no day, and no card of who has left, is kept for too long, and what was erased is gone";
    kept_do(): "请组长执行 caredesk erase --days（保存多久在 .设置 里定）和 caredesk erase --cards；上次删除没做完的，执行 caredesk erase --wipe" | "a leader runs caredesk erase --days (how long days are kept is set in .settings) and caredesk erase --cards; where an erasure was not ended, caredesk erase --wipe";
    no_dumps(): "程序出错不留内存映像" | "a crash leaves no image of the memory";
    no_dumps_do(): "用 assets/kiosk 的服务或 caredesk-launch 运行，或设 LimitCORE=0" | "run it by the service or caredesk-launch of assets/kiosk, or set LimitCORE=0";
    no_sysrq(): "键盘够不到内核（SysRq 关）" | "no key reaches the kernel (SysRq is off)";
    no_sysrq_do(): "在 /etc/sysctl.d/ 写 kernel.sysrq = 0" | "write kernel.sysrq = 0 into a file of /etc/sysctl.d/";
    no_ctrl_alt_del(): "Ctrl-Alt-Del 不会重启" | "Ctrl-Alt-Del does not start the computer anew";
    no_ctrl_alt_del_do(): "执行 systemctl mask ctrl-alt-del.target" | "systemctl mask ctrl-alt-del.target";
    no_consoles(): "没有别的控制台可切换" | "there is no other console to change to";
    no_consoles_do(): "在 /etc/systemd/logind.conf 写 NAutoVTs=0 和 ReserveVT=0" | "NAutoVTs=0 and ReserveVT=0 in /etc/systemd/logind.conf";
    started(): "开机自动运行，出错会再起" | "the desk starts with the computer, and again after a crash";
    started_do(): "装上 assets/kiosk 里的 caredesk-kiosk.service 或 getty-desk.conf" | "install caredesk-kiosk.service or getty-desk.conf of assets/kiosk";
    foot_keys(): "终端没有自己的快捷键，也翻不回去" | "the terminal has no keys of its own and nothing to scroll back to";
    foot_keys_do(): "把 assets/kiosk/foot.ini 放到 /etc/caredesk/" | "put assets/kiosk/foot.ini into /etc/caredesk/";
    utf8(): "系统语言是 UTF-8" | "the language of the system is in UTF-8";
    utf8_do(): "设 LANG=zh_CN.UTF-8 或 C.UTF-8" | "set LANG to zh_CN.UTF-8 or C.UTF-8";
    clock(): "时钟由网络校准" | "the clock is kept right over the network";
    clock_do(): "执行 timedatectl set-ntp true；没有网络的，每天开始时看一眼时间" | "timedatectl set-ntp true; without a network look at the time when the day begins";
    scanner(): "扫码枪只出数字和回车，不认设置条码" | "the reader gives digits and Enter only, and reads no codes that set it up";
    scanner_do(): "按扫码枪的说明书设好后锁定；键盘布局设为美式" | "set it up by its manual and lock that; its keyboard is the US one";
}
