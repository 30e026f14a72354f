package postgres

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgtype"
)

// everyStatement finds what this package says to the server: every text that begins as a
// statement does, put together from constants where it is.
func everyStatement(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	consts := map[string]ast.Expr{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(set, name, raw, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
		ast.Inspect(f, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok {
				for i, name := range v.Names {
					if i < len(v.Values) {
						consts[name.Name] = v.Values[i]
					}
				}
			}
			return true
		})
	}
	out := map[string]string{}
	begins := regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s`)
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			s, whole := said(e, consts)
			if !whole {
				return true
			}
			if begins.MatchString(s) {
				out[s] = set.Position(e.Pos()).String()
			}
			return false
		})
	}
	return out
}

// said is what an expression of texts and constants says.
func said(e ast.Expr, consts map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, e.Kind == token.STRING && err == nil
	case *ast.BinaryExpr:
		a, ok1 := said(e.X, consts)
		b, ok2 := said(e.Y, consts)
		return a + b, ok1 && ok2
	case *ast.Ident:
		if v, ok := consts[e.Name]; ok && v != e {
			if _, again := v.(*ast.Ident); !again {
				return said(v, consts)
			}
		}
	}
	return "", false
}

// piece tells the beginning of a statement, put together as the program runs, from a whole
// one: the server misses its end.
var piece = regexp.MustCompile(`at end of input|unterminated quoted string|near "%"`)

// short are the statements that mean a short number: a flag, or how many to make.
var short = regexp.MustCompile(`INSERT INTO feedback|SET narrowed|generate_series`)

func TestEveryStatementIsUnderstoodAndTakesWideNumbers(t *testing.T) {
	db := open(t)
	conn, err := db.pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	n := 0
	for s, where := range everyStatement(t) {
		d, err := conn.Conn().Prepare(t.Context(), "", s)
		if err != nil && piece.MatchString(err.Error()) {
			continue
		}
		n++
		if err != nil {
			t.Errorf("%s: %v\n%s", where, err, s)
			continue
		}
		for i, kind := range d.ParamOIDs {
			// An instant does not fit into four bytes, and a number of anything may outgrow them.
			if (kind == pgtype.Int4OID || kind == pgtype.Int2OID) && !short.MatchString(s) {
				t.Errorf("%s: $%d is taken for a short number\n%s", where, i+1, s)
			}
		}
	}
	if n < 150 {
		t.Errorf("only %d statements were found: the test shows little", n)
	}
}
