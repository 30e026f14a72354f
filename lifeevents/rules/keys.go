package rules

import (
	"fmt"
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"
)

// unknownKeys refuses keys that file does not have, each at its own line: a misspelt
// "unles" would otherwise silently drop a condition. Doubled keys are refused as well.
func unknownKeys(name string, n *yaml.Node) []Fault {
	return walkKeys(name, n, reflect.TypeFor[file]())
}

func walkKeys(name string, n *yaml.Node, t reflect.Type) (faults []Fault) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		if t = t.Elem(); n.Kind == yaml.SequenceNode {
			for _, part := range n.Content {
				faults = append(faults, walkKeys(name, part, t)...)
			}
			return faults
		}
	}
	if n.Kind != yaml.MappingNode || t.Kind() != reflect.Struct || t == reflect.TypeFor[clause]() {
		return nil
	}
	fields := map[string]reflect.Type{}
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("yaml"); tag != "" {
			fields[strings.Split(tag, ",")[0]] = t.Field(i).Type
		}
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		field, ok := fields[key.Value]
		switch {
		case !ok:
			faults = append(faults, Fault{name, key.Line, "", fmt.Sprintf("không có khóa %q", key.Value)})
		case seen[key.Value]:
			faults = append(faults, Fault{name, key.Line, "", fmt.Sprintf("khóa %q viết hai lần", key.Value)})
		default:
			faults = append(faults, walkKeys(name, n.Content[i+1], field)...)
		}
		seen[key.Value] = true
	}
	return faults
}
