// Pulumi provider for Milvus: collections and aliases as code, with row migration on schema changes
package milvus
