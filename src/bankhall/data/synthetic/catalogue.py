"""What the bank agrees on everywhere: services, posts, certificates, tiers, duties, promises, prices. Demo values."""

from datetime import date

from bankhall.kernel.bank.branch import Promise, Service, Tier
from bankhall.kernel.bank.people import CertificateKind, Post
from bankhall.kernel.bank.roster import Duty, Price
from bankhall.kernel.bilingual import Bilingual

CERTIFICATE_KINDS = (
    CertificateKind("counterfeit", Bilingual("反假货币上岗资格", "Counterfeit-note certificate")),
    CertificateKind("account", Bilingual("账户业务资格", "Account opening certificate")),
    CertificateKind("credit", Bilingual("信贷从业资格", "Lending certificate")),
    CertificateKind("fund", Bilingual("基金销售资格", "Fund sales certificate")),
)

SERVICES = (
    Service("cash", Bilingual("现金存取", "Cash in and out"), "personal", "cash", 4.5, ("counterfeit",),
            elsewhere=("cash_machine",), papers=Bilingual("银行卡或存折", "Card or passbook")),
    Service("remit", Bilingual("转账汇款", "Transfer"), "personal", "account", 6.0, ("counterfeit",),
            elsewhere=("app",), papers=Bilingual("银行卡、身份证", "Card, identity card")),
    Service("account", Bilingual("开户销户", "Open or close an account"), "personal", "account", 13.0, ("account",),
            dual_control=True, papers=Bilingual("身份证", "Identity card")),
    Service("card", Bilingual("银行卡与挂失", "Cards and loss reports"), "personal", "card", 8.0, ("account",),
            elsewhere=("app",), papers=Bilingual("身份证", "Identity card")),
    Service("corporate", Bilingual("对公结算", "Corporate settlement"), "corporate", "corporate", 9.0, ("account",),
            papers=Bilingual("预留印鉴", "The registered seal")),
    Service("loan", Bilingual("个人贷款", "Personal loans"), "personal", "loan", 20.0, ("credit",),
            papers=Bilingual("身份证、收入证明", "Identity card, proof of income")),
    Service("wealth", Bilingual("理财与基金", "Wealth and funds"), "personal", "wealth", 22.0, ("fund",), zone="sales",
            elsewhere=("app",), papers=Bilingual("身份证、银行卡", "Identity card, card")),
)  # fmt: skip

WINDOW_SERVICES = {
    "cash": ("cash", "remit"),
    "open_desk": ("account", "card", "corporate"),
    "adviser": ("loan", "wealth"),
}

POSTS = (
    Post("teller", Bilingual("现金柜员", "Teller"), ("cash",), alone_allowed=False, counts_for_presence=True,
         incompatible_with=("authoriser",)),
    Post("universal_teller", Bilingual("综合柜员", "Universal teller"), ("open_desk",), alone_allowed=False,
         counts_for_presence=True, incompatible_with=("authoriser",)),
    Post("authoriser", Bilingual("授权主管", "Authoriser"), (), counts_for_presence=True),
    Post("relationship_manager", Bilingual("客户经理", "Relationship manager"), ("adviser",)),
    Post("lobby_manager", Bilingual("大堂经理", "Lobby manager"), ()),
    Post("branch_manager", Bilingual("支行行长", "Branch manager"), ()),
)  # fmt: skip

TIERS = (
    Tier("ordinary", Bilingual("普通客户", "Ordinary"), "assets"),
    Tier("gold", Bilingual("金卡客户", "Gold"), "assets"),
    Tier("platinum", Bilingual("白金客户", "Platinum"), "assets"),
    Tier("elderly", Bilingual("老年客户", "Elderly"), "need"),
    Tier("disabled", Bilingual("残障客户", "Disabled"), "need"),
)

COUNTER = ("teller", "universal_teller", "authoriser")
EVERYONE = (*COUNTER, "relationship_manager", "lobby_manager", "branch_manager")

DUTIES = (
    Duty("opening", "", Bilingual("开门检查", "Opening check"), (), "opening", -30, -30, 15, 2, COUNTER,
         away_from_window=False),
    Duty("cash_box_morning", "", Bilingual("早接箱", "Cash boxes, morning"), (), "opening", -15, -15, 15, 2, COUNTER,
         away_from_window=False),
    Duty("morning_meeting", "", Bilingual("晨会", "Morning meeting"), (1,), "opening", -15, -15, 15, 2,
         ("relationship_manager", "lobby_manager", "branch_manager"), away_from_window=False),
    Duty("balancing", "", Bilingual("轧账", "Balancing"), (), "closing", 0, 0, 15, 2, COUNTER, away_from_window=False),
    Duty("cash_box_evening", "", Bilingual("晚交箱", "Cash boxes, evening"), (), "closing", 15, 15, 15, 2, COUNTER,
         away_from_window=False),
    Duty("vault", "", Bilingual("金库核对", "Vault count"), (5,), "closing", 0, 0, 15, 2, EVERYONE,
         different_from=("balancing",)),
    Duty("patrol", "", Bilingual("厅堂巡视", "Hall patrol"), (), "clock", 600, 660, 30, 1,
         ("lobby_manager", "relationship_manager", "branch_manager"), away_from_window=False),
    Duty("atm_loading", "", Bilingual("自助设备加钞", "Cash machine loading"), (2, 5), "clock", 840, 900, 30, 2,
         EVERYONE),
)  # fmt: skip

PROMISES = (
    Promise(family="cash", wait_minutes=15, share=0.9, hard_maximum_minutes=60),
    Promise(family="account", wait_minutes=20, share=0.9, hard_maximum_minutes=60),
    Promise(family="card", wait_minutes=20, share=0.9, hard_maximum_minutes=60),
    Promise(family="corporate", wait_minutes=20, share=0.9, hard_maximum_minutes=60),
    Promise(family="loan", wait_minutes=30, share=0.8),
    Promise(family="wealth", wait_minutes=30, share=0.8),
    Promise(tier_code="elderly", wait_minutes=15, share=0.9, hard_maximum_minutes=30),
)

_FROM = date(2025, 1, 1)
PRICES = (
    Price("hour", 4500.0, "", _FROM),
    Price("hour", 5200.0, "universal_teller", _FROM),
    Price("hour", 6800.0, "authoriser", _FROM),
    Price("hour", 6500.0, "relationship_manager", _FROM),
    Price("hour", 9000.0, "branch_manager", _FROM),
    Price("overtime_factor_workday", 1.5, "", _FROM),
    Price("overtime_factor_restday", 2.0, "", _FROM),
    Price("overtime_factor_holiday", 3.0, "", _FROM),
    Price("missing_half_hour", 12000.0, "", _FROM),
    Price("missing_half_hour", 20000.0, "authoriser", _FROM),
    Price("lent_day", 12000.0, "", _FROM),
    Price("unmet_wish", 3000.0, "", _FROM),
    Price("changed_shift", 2000.0, "", _FROM),
)
"""Demo values, in fen: not any bank's prices."""
