package main

import (
	"github.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		docs, err := milvus.NewCollection(ctx, "docs", &milvus.CollectionArgs{
			Fields: milvus.FieldArray{
				&milvus.FieldArgs{
					Name:         pulumi.String("id"),
					DataType:     pulumi.String(milvus.DataTypeInt64),
					IsPrimaryKey: pulumi.Bool(true),
				},
				&milvus.FieldArgs{
					Name:     pulumi.String("vector"),
					DataType: pulumi.String(milvus.DataTypeFloatVector),
					Dim:      pulumi.Int(8),
				},
				&milvus.FieldArgs{
					Name:      pulumi.String("text"),
					DataType:  pulumi.String(milvus.DataTypeVarChar),
					MaxLength: pulumi.Int(65535),
				},
				&milvus.FieldArgs{
					Name:         pulumi.String("page"),
					DataType:     pulumi.String(milvus.DataTypeInt32),
					PreviousName: pulumi.String("page_num"),
				},
				&milvus.FieldArgs{
					Name:      pulumi.String("lang"),
					DataType:  pulumi.String(milvus.DataTypeVarChar),
					MaxLength: pulumi.Int(8),
					Backfill:  pulumi.Any("en"),
				},
			},
			Indexes: milvus.IndexArray{
				&milvus.IndexArgs{
					Field:      pulumi.String("vector"),
					IndexType:  pulumi.String("AUTOINDEX"),
					MetricType: pulumi.String("COSINE"),
				},
			},
		})
		if err != nil {
			return err
		}
		_, err = milvus.NewAlias(ctx, "live", &milvus.AliasArgs{
			Name:       pulumi.String("docs"),
			Collection: docs.CollectionName,
		})
		if err != nil {
			return err
		}
		ctx.Export("collection", docs.CollectionName)
		return nil
	})
}
