//! Alxa League (阿拉善盟), Inner Mongolia: three banners, 270,000 km², some 260,000 residents.

use super::region::{Table, Town};

/// Positions: Vonng/adcode (<https://github.com/Vonng/adcode>, CC BY 4.0, as of 2016), converted to WGS-84 and rounded to
/// 0.001°; 乌力吉, 巴彦诺日公 and 额尔克哈什哈 from a public map, 乌斯太, 策克 and 巴彦木仁 by estimate, so that these six may
/// be off by 5 to 25 km. 哈日布日格德音乌拉 may be off by 60 km.
///
/// Residents: rough weights, from the census of 2000 (townships) scaled to that of 2020 (banners).
///
/// The outline is drawn by hand and coarse, within some 20 km; it is no statement about any border.
pub(super) const ALXA: Table = Table {
    key: "alxa",
    name: "阿拉善盟",
    areas: &[("alxa-left", "阿拉善左旗"), ("alxa-right", "阿拉善右旗"), ("ejin", "额济纳旗")],
    camp: "嘎查",
    outline: &[
        (97.2, 42.7),
        (99.5, 42.55),
        (100.3, 42.65),
        (101.6, 42.6),
        (102.1, 42.2),
        (103.3, 41.9),
        (104.5, 41.85),
        (105.0, 41.55),
        (105.1, 41.1),
        (105.6, 40.8),
        (106.4, 40.6),
        (106.8, 40.1),
        (106.75, 39.3),
        (106.2, 39.15),
        (105.9, 38.7),
        (105.85, 38.0),
        (105.4, 37.75),
        (104.6, 37.4),
        (104.1, 37.4),
        (103.5, 38.0),
        (104.0, 38.9),
        (104.2, 39.4),
        (103.4, 39.4),
        (102.9, 39.1),
        (101.9, 39.1),
        (102.1, 38.7),
        (101.4, 38.7),
        (100.9, 39.0),
        (100.2, 39.7),
        (99.6, 39.9),
        (100.2, 40.2),
        (100.2, 40.7),
        (99.7, 40.9),
        (98.5, 40.7),
        (98.3, 41.1),
        (97.6, 41.5),
    ],
    towns: &[
        // 阿拉善左旗
        town("bayanhot", "巴彦浩特镇", 0, 105.665, 38.833, 108_000),
        town("wusitai", "乌斯太镇", 0, 106.690, 39.440, 26_000),
        town("jiaerga-saihan", "嘉尔嘎勒赛汉镇", 0, 105.394, 37.889, 10_000),
        town("zongbieli", "宗别立镇", 0, 106.203, 39.263, 9_500),
        town("jilantai", "吉兰泰镇", 0, 105.754, 39.755, 9_000),
        town("bayan-runbieli", "巴润别立镇", 0, 105.651, 38.534, 8_000),
        town("aolunbulage", "敖伦布拉格镇", 0, 106.448, 40.530, 4_100),
        town("wenduerletu", "温都尔勒图镇", 0, 104.299, 37.448, 3_000),
        town("tenggeli-elisi", "腾格里额里斯镇", 0, 105.015, 37.599, 2_600),
        town("bayan-nuorigong", "巴彦诺日公苏木", 0, 104.812, 40.164, 2_300),
        town("chaogetu-hure", "超格图呼热苏木", 0, 105.138, 38.049, 2_200),
        town("bayan-muren", "巴彦木仁苏木", 0, 106.650, 39.980, 2_000),
        town("eerke-hashiha", "额尔克哈什哈苏木", 0, 103.708, 38.302, 2_000),
        town("wuliji", "乌力吉苏木", 0, 104.509, 40.743, 1_200),
        town("yingen", "银根苏木", 0, 105.189, 40.835, 900),
        // 阿拉善右旗
        town("badain-jaran", "巴丹吉林镇", 1, 101.663, 39.208, 13_500),
        town("yabulai", "雅布赖镇", 1, 102.777, 39.429, 3_200),
        town("alateng-aobao", "阿拉腾敖包镇", 1, 104.507, 40.265, 1_500),
        town("tamusu-bulage", "塔木素布拉格苏木", 1, 103.534, 40.739, 1_400),
        town("mandela", "曼德拉苏木", 1, 103.859, 40.011, 1_300),
        town("bayin-gaole", "巴音高勒苏木", 1, 101.905, 38.987, 900),
        town("alateng-chaoge", "阿拉腾朝格苏木", 1, 100.880, 39.099, 800),
        // 额济纳旗
        town("dalaihubu", "达来呼布镇", 2, 101.060, 41.969, 20_000),
        town("bayan-taolai", "巴彦陶来苏木", 2, 101.156, 41.982, 2_500),
        town("subo-naoer", "苏泊淖尔苏木", 2, 101.054, 42.165, 1_800),
        town("ceke", "策克镇", 2, 101.280, 42.530, 1_500),
        town("saihan-taolai", "赛汉陶来苏木", 2, 100.687, 41.966, 1_500),
        town("dongfeng", "东风镇", 2, 100.651, 41.484, 1_200),
        town("haribu-rigede", "哈日布日格德音乌拉镇", 2, 97.868, 41.528, 750),
        town("wentu-gaole", "温图高勒苏木", 2, 102.361, 41.363, 500),
    ],
};

const fn town(
    key: &'static str,
    name: &'static str,
    area: usize,
    lon: f64,
    lat: f64,
    residents: u32,
) -> Town {
    Town { key, name, area, lon, lat, residents }
}
