"""The world's family and given names, each with its pinyin. Nobody here exists."""

from collections.abc import Mapping


def _pairs(words: str) -> Mapping[str, str]:
    """`王 Wang 李 Li` as a table."""
    one = iter(words.split())
    return dict(zip(one, one, strict=True))


SURNAMES = _pairs("""
    王 Wang 李 Li 张 Zhang 刘 Liu 陈 Chen 杨 Yang 赵 Zhao 黄 Huang 周 Zhou 吴 Wu 徐 Xu 孙 Sun 胡 Hu 朱 Zhu 高 Gao 林 Lin
    何 He 郭 Guo 马 Ma 罗 Luo 梁 Liang 宋 Song 郑 Zheng 谢 Xie 韩 Han 唐 Tang 冯 Feng 于 Yu 董 Dong 萧 Xiao 程 Cheng
    曹 Cao 袁 Yuan 邓 Deng 许 Xu 傅 Fu 沈 Shen 曾 Zeng 彭 Peng 吕 Lü 苏 Su 卢 Lu 蒋 Jiang 蔡 Cai 贾 Jia 丁 Ding 魏 Wei
    薛 Xue 叶 Ye 阎 Yan
""")
GIVEN = _pairs("""
    敏 Min 静 Jing 丽娟 Lijuan 海燕 Haiyan 志强 Zhiqiang 晓宇 Xiaoyu 建国 Jianguo 婷婷 Tingting 雪梅 Xuemei 俊杰 Junjie
    思远 Siyuan 佳怡 Jiayi 文博 Wenbo 倩 Qian 洋 Yang 芳 Fang 浩 Hao 欣怡 Xinyi 志远 Zhiyuan 晨 Chen
    凯 Kai 丽 Li 军 Jun 磊 Lei 娜 Na 超 Chao 慧 Hui 鹏 Peng 秀英 Xiuying 子涵 Zihan
    雨桐 Yutong 明 Ming 艳 Yan 勇 Yong 玲 Ling 刚 Gang 燕 Yan 波 Bo 宁 Ning 洁 Jie
""")
OTHERS = _pairs("孟涛 Meng_Tao 岳晓峰 Yue_Xiaofeng 江雪 Jiang_Xue 水清 Shui_Qing")


def latin_of(name: str) -> str:
    """`王海燕` is `Wang Haiyan`."""
    if name in OTHERS:
        return OTHERS[name].replace("_", " ")
    return f"{SURNAMES[name[0]]} {GIVEN[name[1:]]}"
