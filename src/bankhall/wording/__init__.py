"""Code + facts -> a sentence, zh-Hans and en."""
