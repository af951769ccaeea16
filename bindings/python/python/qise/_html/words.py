"""The words of the pictures, in both languages."""

from __future__ import annotations

_WORDS = {
    "served": ("{n} of {all} needs served", "已满足 {n} / {all} 项需求"),
    "routes": ("{n} route{s}", "{n} 条路线"),
    "people": ("{n} volunteer{s}", "{n} 人"),
    "road": ("{km} km, {time} on the road", "路程 {km} 公里,路途 {time}"),
    "hours": ("{h} h {m:02} min", "{h} 小时 {m:02} 分"),
    "minutes": ("{m} min", "{m} 分钟"),
    "map": ("Map of the plan", "方案地图"),
    "timeline": ("Timeline of the plan", "方案时间表"),
    "overview": ("Overview", "全图"),
    "priority": ("priority {n}", "优先级 {n}"),
    "mandatory": ("mandatory", "必办"),
    "window": ("may start {words}", "可开始时间 {words}"),
    "by": ("{who}, {start}–{end}", "{who},{start}–{end}"),
    "not_served": ("not served", "未满足"),
    "late": ("promise missed by {time}", "承诺超时 {time}"),
    "base": ("base of {words}", "{words} 驻地"),
    "start": ("start of {words}", "{words} 出发点"),
    "takes": ("takes on {words}", "装载 {words}"),
    "gives": ("gives back {words}", "归还 {words}"),
    "depot": ("depot", "仓储点"),
    "travel": ("{km} km on the road, {time}", "路途 {km} 公里,{time}"),
    "break": ("break", "休息"),
    "shift": ("shift", "班次"),
    "no_place": ("No coordinates: no map.", "无坐标,无地图。"),
    "nobody": ("Nobody is sent out.", "无人出动。"),
    "cut_routes": (
        "{shown} of {all} routes are drawn; plan.routes has all of them.",
        "仅绘制 {all} 条路线中的 {shown} 条;全部见 plan.routes。",
    ),
    "cut_needs": (
        "{shown} of {all} needs are drawn on the map.",
        "地图仅绘制 {all} 项需求中的 {shown} 项。",
    ),
    "cut_unserved": ("… and {n} more: see plan.unserved.", "……另有 {n} 项,见 plan.unserved。"),
    "unserved": ("{n} unserved: why", "{n} 项未满足:原因"),
    "all_served": ("Every need is served.", "所有需求均已满足。"),
    "need": ("need", "需求"),
    "reason": ("reason", "原因"),
    "help_needs": ("What would help: cost, and priority won", "哪些改变有帮助:代价与增加的优先级"),
    "help_plan": ("What would raise the whole plan", "哪些改变能提升整个方案"),
    "help_figures": ("{time} · priority +{gain}", "{time} · 优先级 +{gain}"),
    "help_proven": ("Nothing within the limits helps, proven: {words}", "在限度内无济于事(已证明):{words}"),
    "help_nothing": ("Nothing was found.", "未找到。"),
    "cover_map": ("Map of what is covered", "覆盖地图"),
    "cover_needs": ("needs", "需求"),
    "cover_residents": ("residents", "居民"),
    "cover_area": ("area", "面积"),
    "cover_all": ("all", "全部"),
    "cover_none": ("without category", "无类别"),
    "cover_living": ("{n} residents", "{n} 名居民"),
    "cover_gap": ("gap {n}, near {near}", "缺口 {n},靠近{near}"),
    "cover_within": ("covered within {m} minutes:", "{m} 分钟内可及:"),
    "cover_placed": ("New sites: {before} → {after} within {m} minutes;", "新增布点:{m} 分钟内 {before} → {after};"),
    "cover_proven": ("proven to be the best choice.", "已证明为最优。"),
    "cover_bound": ("no choice covers more than {share}.", "任何选择都不超过 {share}。"),
    "legend_need": ("need", "需求"),
    "legend_elsewhere": ("served by a route not drawn", "由未绘制的路线服务"),
    "legend_unserved": ("unserved", "未满足"),
    "legend_home": ("start", "出发点"),
    "legend_base": ("base of a team", "队伍驻地"),
    "legend_depot": ("depot, call there", "仓储点及停靠"),
    "legend_way": ("on the way", "路途"),
    "legend_service": ("service", "服务"),
    "legend_window": ("may start", "可开始时间"),
    "legend_late": ("promise missed", "承诺超时"),
    "frontier": ("Efficiency against fairness", "效率与公平"),
    "frontier_across": (
        "level {n} of the objective without this term, less is better",
        "去掉该项后目标第 {n} 层的值,越小越好",
    ),
    "frontier_point": ("weight {weight}: {mark}, {served} needs served", "权重 {weight}:{mark},已满足 {served} 项需求"),
    "frontier_note": (
        "Down and to the left is better; hollow dots are dominated by another plan.",
        "越靠左下越好;空心点被其他方案支配。",
    ),
    "mark_efficient": ("efficient", "有效前沿"),
    "mark_repeated": ("repeated", "重复"),
    "mark_dominated": ("dominated", "被支配"),
    "people_in_order": ("people, the least used first", "人员(负荷由低到高)"),
    "share_worked": ("share of the time offered that is worked (%)", "已工作时间占所提供时间(%)"),
    "by_area": ("Service by area", "各区域服务"),
    "by_category": ("Service by category", "各类别服务"),
    "mean_wait": ("mean wait {time}", "平均等待 {time}"),
    "evenness": (
        "from {least} to {most} · Gini {gini} · Jain {jain}",
        "{least} 至 {most} · 基尼 {gini} · Jain {jain}",
    ),
}

LANGUAGES = ("en", "zh")


class Words:
    """The words in one language."""

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"lang must be 'en' or 'zh', not {lang!r}")
        self.lang = lang
        self._column = LANGUAGES.index(lang)

    def __call__(self, key: str, **values: object) -> str:
        return _WORDS[key][self._column].format(**values, s="" if values.get("n") == 1 else "s")

    def of(self, entry: dict[str, str], key: str) -> str:
        """The text ``key`` of a document in this language, where it is there in both."""
        return entry.get(f"{key}_zh" if self.lang == "zh" else key) or entry.get(key) or ""

    def hours(self, seconds: float) -> str:
        """A length of time."""
        minutes = round(seconds / 60)
        return self("hours" if minutes >= 60 else "minutes", h=minutes // 60, m=minutes % 60)
