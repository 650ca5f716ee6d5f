// Generates the SDK for Go or .NET from a schema, as "pulumi package gen-sdk" does where the language host is installed:
//
//	sdk-generator go|dotnet SCHEMA FOLDER
//
// The generators are those of Pulumi; the hosts that have them are in no Go module that the proxy serves.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	if len(os.Args) != 4 {
		fail(fmt.Errorf("expected go or dotnet, a schema, and a folder"))
	}
	files, err := generate(os.Args[1], os.Args[2])
	if err != nil {
		fail(err)
	}
	for name, content := range files {
		path := filepath.Join(os.Args[3], name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			fail(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			fail(err)
		}
	}
}

func generate(language, path string) (map[string][]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	// Validates by the schema of schemas too.
	pkg, diagnostics, err := schema.BindSpec(spec, nil, schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	switch language {
	case "go":
		return gogen.GeneratePackage("pulumi-crashtest", pkg, nil)
	case "dotnet":
		return dotnet.GeneratePackage("pulumi-crashtest", pkg, nil, nil)
	default:
		return nil, fmt.Errorf("expected go or dotnet but got %q", language)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
