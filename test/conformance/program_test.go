// Package conformance runs Pulumi's own test of a program, by which its providers are tested, on examples/yaml:
// preview, up, export and import of the state, preview, up and refresh without a change, edits, destroy.
package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/testing/integration"
)

// A rename for which rows are copied, then a limit and a new field.
var edits = [][]string{
	{"name: page_num,", "name: page, previousName: page_num,"},
	{"maxLength: 65535 }", "maxLength: 4096 }\n        - { name: lang, dataType: VarChar, maxLength: 8, backfill: en }"},
}

func TestProgram(t *testing.T) {
	example, err := os.ReadFile("../../examples/yaml/Pulumi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(example)
	collections := map[string]bool{}
	replaced := func(t *testing.T, stack integration.RuntimeValidationStackInfo) {
		name, _ := stack.Outputs["collection"].(string)
		if !strings.HasPrefix(name, "docs_") || collections[name] {
			t.Errorf("the program exports the collection %q; before: %v", name, collections)
		}
		collections[name] = true
	}
	var folders []integration.EditDir
	write := func() string {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "Pulumi.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return folder
	}
	first := write()
	for _, edit := range edits {
		if !strings.Contains(text, edit[0]) {
			t.Fatalf("examples/yaml has no %q", edit[0])
		}
		text = strings.Replace(text, edit[0], edit[1], 1)
		// Otherwise Pulumi.yaml, which is the program here, would stay as it is.
		folders = append(folders, integration.EditDir{Dir: write(), Additive: true, ExtraRuntimeValidation: replaced})
	}
	integration.ProgramTest(t, &integration.ProgramTestOptions{
		Dir:      first,
		EditDirs: folders,
		Config:   map[string]string{"milvus:address": os.Getenv("MILVUS_ADDRESS")},
		Env: []string{
			"PULUMI_BACKEND_URL=file://" + t.TempDir(),
			"PULUMI_CONFIG_PASSPHRASE=a test's passphrase",
			"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true",
		},
		ExtraRuntimeValidation: replaced,
	})
}
