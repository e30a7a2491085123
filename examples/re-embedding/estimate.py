"""What the vectors of all rows cost, and how long they take: python estimate.py --price 0.02 --tokens-per-minute 1000000"""

import argparse
import os

from pymilvus import MilvusClient

SAMPLE = 1_000


# #region arithmetic
def estimate(rows: int, tokens_per_row: float, price: float, tokens_per_minute: float) -> dict:
    tokens = rows * tokens_per_row
    return {
        "tokens": tokens,
        "cost": tokens / 1_000_000 * price,
        "minutes": tokens / tokens_per_minute,
        "rows_per_minute": tokens_per_minute / tokens_per_row,
    }
# #endregion arithmetic


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--price", type=float, required=True, help="of a million tokens")
    parser.add_argument("--tokens-per-minute", type=float, required=True, help="the limit of your account")
    parser.add_argument("--characters-per-token", type=float, default=4, help="of your texts")
    args = parser.parse_args()
    client = MilvusClient(
        uri=f"http://{os.environ.get('MILVUS_ADDRESS', 'localhost:19530')}",
        token=os.environ.get("MILVUS_TOKEN", ""),
        db_name=os.environ.get("MILVUS_DATABASE", "default"),
    )
    [counted] = client.query("docs", filter="", output_fields=["count(*)"])
    sample = client.query("docs", filter="id >= 0", limit=SAMPLE, output_fields=["text"])
    characters = sum(len(row["text"]) for row in sample) / len(sample)
    rows = counted["count(*)"]
    told = estimate(rows, characters / args.characters_per_token, args.price, args.tokens_per_minute)
    print(f"rows             {rows:,}, {characters:.0f} characters each (the mean of {len(sample):,})")
    print(f"tokens           {told['tokens']:,.0f}, at {args.characters_per_token:g} characters each")
    print(f"cost             {told['cost']:,.4f}, at {args.price:g} for a million tokens")
    print(f"time             {told['minutes']:,.2f} minutes at least, at {args.tokens_per_minute:,.0f} tokens a minute")
    print(f"rows a minute    {told['rows_per_minute']:,.0f}")


main()
