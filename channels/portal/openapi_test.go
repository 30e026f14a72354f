package portal

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/motcua/motcua/assistant"
	"github.com/motcua/motcua/corpus"
	"github.com/motcua/motcua/internal/civil"
)

// described are the types behind the schemas of openapi.json; what they hold is described too.
var described = map[string]any{
	"Ask": askRequest{}, "Answer": assistant.Answer{}, "Problem": apiError{}, "Feedback": feedbackRequest{}, "FeedbackReply": feedbackReply{},
	"QueueReply": queueReply{}, "Move": moveRequest{}, "SignRequest": signRequest{}, "SignedCorrection": correctionView{}, "CorrectionFault": assistant.CorrectionFault{},
	"GapReport": assistant.GapReport{}, "Passages": passagesReply{}, "Comparison": assistant.Comparison{}, "CompetenceReply": competenceReply{},
	"ChatCompletion": chatResponse{}, "Queue": queueList{}, "Corrections": correctionList{}, "Gaps": gapsReply{}, "Opinions": opinionsReply{}, "Withdraw": withdrawRequest{},
}

// schemaNames tells apart types of one name.
var schemaNames = map[reflect.Type]string{
	reflect.TypeFor[corpus.Status](): "LawStatus", reflect.TypeFor[assistant.Correction](): "PutRight", reflect.TypeFor[chatMessage](): "ChatMessage",
	reflect.TypeFor[chatChoice](): "ChatChoice", reflect.TypeFor[chatAnnotation](): "ChatAnnotation", reflect.TypeFor[chatCitation](): "ChatCitation", reflect.TypeFor[chatUsage](): "ChatUsage",
}

// schemas describes types as JSON Schema does, in as far as Go types tell.
type schemas map[string]any

func (all schemas) of(t reflect.Type) map[string]any {
	switch {
	case t == reflect.TypeFor[civil.Date](), t == reflect.TypeFor[time.Time](), t.Kind() == reflect.String:
		return map[string]any{"type": "string"}
	case t.Kind() == reflect.Pointer:
		return all.of(t.Elem())
	case t.Kind() == reflect.Bool:
		return map[string]any{"type": "boolean"}
	case t.Kind() == reflect.Float64:
		return map[string]any{"type": "number"}
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64:
		return map[string]any{"type": "integer"}
	case t.Kind() == reflect.Slice:
		return map[string]any{"type": "array", "items": all.of(t.Elem())}
	case t.Kind() == reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": all.of(t.Elem())}
	case t.Name() == "":
		return all.object(t)
	}
	name := all.name(t)
	if _, seen := all[name]; !seen {
		all[name] = nil // stops at types that hold themselves
		all[name] = all.object(t)
	}
	return map[string]any{"$ref": "#/components/schemas/" + name}
}

func (all schemas) name(t reflect.Type) string {
	for name, v := range described {
		if reflect.TypeOf(v) == t {
			return name
		}
	}
	if name, named := schemaNames[t]; named {
		return name
	}
	return t.Name()
}

func (all schemas) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []any{}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || f.Anonymous || !f.IsExported() {
			continue
		}
		properties[name] = all.of(f.Type)
		if !strings.Contains(options, "omit") {
			required = append(required, name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties}
	if len(required) > 0 {
		slices.SortFunc(required, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
		out["required"] = required
	}
	return out
}

// bare drops what Go types do not tell.
func bare(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			if k == "properties" {
				fields := map[string]any{}
				for name, field := range x.(map[string]any) {
					fields[name] = bare(field)
				}
				out[k] = fields
			} else if closed, yes := x.(bool); yes && !closed && k == "additionalProperties" {
				continue // requests are closed, which decoding sees to
			} else if slices.Contains([]string{"type", "items", "$ref", "required", "additionalProperties"}, k) {
				out[k] = bare(x)
			}
		}
		return out
	case []any:
		slices.SortFunc(v, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
	}
	return v
}

// Run with MOTCUA_SCHEMAS=1 it prints the schemas as the types have them.
func TestTheSchemasServedAreThoseOfTheHandlers(t *testing.T) {
	want := schemas{}
	for _, name := range slices.Sorted(maps.Keys(described)) {
		want.of(reflect.TypeOf(described[name]))
	}
	if os.Getenv("MOTCUA_SCHEMAS") != "" {
		b, _ := json.Marshal(want)
		t.Logf("%s", b)
	}
	file, err := files.ReadFile("static/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Components struct{ Schemas map[string]any }
	}
	if err := json.Unmarshal(file, &doc); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		was, _ := json.Marshal(want[name])
		is, _ := json.Marshal(bare(doc.Components.Schemas[name]))
		if string(was) != string(is) {
			t.Errorf("%s\n of the handlers: %s\n in the document: %s", name, was, is)
		}
	}
	for name := range doc.Components.Schemas {
		if _, known := want[name]; !known {
			t.Errorf("%s is described and nothing has it", name)
		}
	}
}
