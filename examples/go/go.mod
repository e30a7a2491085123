module documents

go 1.25

require (
	github.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus v0.1.0
	github.com/pulumi/pulumi/sdk/v3 v3.248.0
)
