// Generates the SDK for Node or Go from a schema, as "pulumi package gen-sdk" does where the language host is installed:
//
//	sdk-generator nodejs|go SCHEMA FOLDER
//
// The generators are those of the CLI's own release. The host for Go is in no Go module that the proxy serves, and the generator
// in the host for Node that the tests build (3.187) writes wrong paths if it is built with Go 1.26.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	if len(os.Args) != 4 {
		fail(fmt.Errorf("expected nodejs or go, a schema, and a folder"))
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
	pkg, diagnostics, err := schema.BindSpec(spec, noOtherPackages{}, schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	switch language {
	case "go":
		return gogen.GeneratePackage("pulumi-crashtest", pkg, nil)
	case "nodejs":
		return nodejs.GeneratePackage("pulumi-crashtest", pkg, nil, nil, false, noOtherPackages{})
	default:
		return nil, fmt.Errorf("expected nodejs or go but got %q", language)
	}
}

// The schema refers to no other package, so nothing is ever loaded.
type noOtherPackages struct{ schema.ReferenceLoader }

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
