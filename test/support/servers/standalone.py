"""standalone.py DATA BINARIES ALIAS NAME=PORT...: becomes a Milvus 2.3.5 that lives beside others on one host.

The package's own launcher gives every server the same etcd ports and the same pid file. Here etcd gets a file of its own
and the pid file an alias; and by `exec` there is one process, the server itself, to end by its id.
"""

import os
import pathlib
import sys

import milvus

data, binaries, alias = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
ports = {name: int(port) for name, port in (pair.split("=") for pair in sys.argv[4:])}
etcd, peer, metrics = ports["etcd_port"], ports.pop("peer_port"), ports.pop("metrics_port")

# Not again on a restart: it would find the ports of the server before still in TIME_WAIT.
if not (data / "configs" / "milvus.yaml").exists():
    milvus.MilvusServerConfig(data_dir=str(data), **ports).resolve()
milvus._initialize_data_files(str(binaries))

etcd_file = data / "configs" / "etcd.yaml"
etcd_file.write_text(
    f"""name: default
data-dir: {data}/data/etcd.data
listen-client-urls: http://127.0.0.1:{etcd}
advertise-client-urls: http://127.0.0.1:{etcd}
listen-peer-urls: http://127.0.0.1:{peer}
initial-advertise-peer-urls: http://127.0.0.1:{peer}
initial-cluster: default=http://127.0.0.1:{peer}
log-level: error
""",
    encoding="utf-8",
)
environment = dict(
    os.environ,
    DEPLOY_MODE="STANDALONE",
    METRICS_PORT=str(metrics),
    ETCD_CONFIG_PATH=str(etcd_file),
    ETCD_ENDPOINTS=f"127.0.0.1:{etcd}",
    LD_LIBRARY_PATH=str(binaries / "bin"),
)
os.chdir(data)
os.execve(binaries / "bin" / "milvus", ["milvus", "run", "standalone", "--alias", alias], environment)
