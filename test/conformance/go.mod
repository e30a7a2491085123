module conformance

go 1.26.8

require github.com/pulumi/pulumi/pkg/v3 v3.260.0
