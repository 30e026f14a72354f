// Package prompt holds what a language model is told, one file per version. A change is a
// new version, so that a score card names the words it was measured with.
package prompt

import _ "embed"

// ExplainVersion names the prompt in traces and score cards.
const ExplainVersion = "explain-1"

// Explain tells a model how to explain from numbered passages.
//
//go:embed explain_1.txt
var Explain string

// JudgeVersion names the prompt of the judge in reports.
const JudgeVersion = "judge-1"

// Judge tells a model how to call an answer good or bad.
//
//go:embed judge_1.txt
var Judge string
