"""Raw articles as lines of a file."""

import json


def a_line(number: int, **fields: str) -> str:
    event = {
        "source": "wire",
        "id": f"n{number}",
        "title": f"工商银行第{number}号公告",
        "content": f"工商银行(601398.SH)今日发布第{number}号公告。",
        "published_at": f"2025-03-0{number}T10:00:00+08:00",
    }
    return json.dumps(event | fields, ensure_ascii=False)
