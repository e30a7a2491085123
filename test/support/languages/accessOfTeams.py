"""Creates 3 databases with 2 collections each, 10 users, 8 roles and 60 grants of v1, as teams do: accessOfTeams.py ADDRESS TOKEN PREFIX PASSWORD.

Prints what it has made, as JSON: names by kind, the roles of each user, and the grants by their place.
"""

import json
import sys

from pymilvus import DataType, MilvusClient

address, token, prefix, password = sys.argv[1:]
uri = "http://" + address
client = MilvusClient(uri=uri, token=token)

databases = [prefix + name for name in ("search", "chat", "archive")]
roles = [f"{prefix}role{number}" for number in range(8)]
users = [f"{prefix}user{number}" for number in range(10)]

for database in databases:
    client.create_database(database)
    inside = MilvusClient(uri=uri, token=token, db_name=database)
    for collection in ("docs", "events"):
        schema = inside.create_schema()
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=4)
        index = inside.prepare_index_params()
        index.add_index("vector", index_type="FLAT", metric_type="COSINE")
        inside.create_collection(collection, schema=schema, index_params=index)
    inside.close()

for role in roles:
    client.create_role(role)
roles_of = {}
for number, user in enumerate(users):
    client.create_user(user, f"{password}{number}")
    # The last one has none.
    roles_of[user] = [] if number == 9 else sorted({roles[number % 8], roles[(number * 3) % 8]})
    for role in roles_of[user]:
        client.grant_role(user, role)

grants = {}
count = 0


def grant(role, kind, privilege, name, database):
    global count
    client.grant_privilege(role, kind, privilege, name, db_name=database)
    grants.setdefault(f"{role}/{database}/{name}", []).append(privilege)
    count += 1


for number, role in enumerate(roles):
    database = databases[number % 3]
    for privilege in ("Search", "Query"):
        grant(role, "Collection", privilege, "docs", database)
    for privilege in ("Insert", "Delete"):
        grant(role, "Collection", privilege, "events", database)
    grant(role, "Collection", "Load", "*", "default")
    # On all collections of the database, of two types of objects.
    for privilege in ("CreateCollection", "DescribeCollection"):
        grant(role, "Global", privilege, "*", database)
grant(roles[0], "User", "SelectUser", "*", "default")
grant(roles[1], "User", "UpdateUser", "*", "default")
# The same privilege twice at one place: on all collections, and on all of the database.
grant(roles[2], "Collection", "*", "*", databases[2])
grant(roles[2], "Global", "*", "*", databases[2])
assert count == 60, count

client.close()
print(
    json.dumps({"databases": databases, "collections": ["docs", "events"], "roles": roles, "users": roles_of, "grants": grants})
)
