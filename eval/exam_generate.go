package eval

//go:generate go run suites/exam/gen/main.go
