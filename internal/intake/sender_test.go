package intake_test

import (
	"strings"
	"testing"

	"github.com/motcua/motcua/internal/intake"
)

const secretA, secretB = "canary-0123456789abcdef01", "canary-fedcba987654321098"

func TestSendersAreReadFromLinesAndFields(t *testing.T) {
	list, err := intake.ParseSenders("# của Sở Tư pháp\nho-tich:" + secretA + ":civil_status+population\n\nbhxh:" + secretB + ":social_insurance  csgt:" + secretB + ":traffic")
	if err != nil || len(list) != 3 || list[0].Key != "ho-tich" || len(list[0].Sources) != 2 || string(list[2].Secret) != secretB {
		t.Errorf("%+v %v", list, err)
	}
	if list, err = intake.ParseSenders(" \n"); err != nil || len(list) != 0 {
		t.Errorf("nothing: %v %v", list, err)
	}
}

func TestABadSenderIsNamedByPlaceAndNeverByItsSecret(t *testing.T) {
	for _, text := range []string{
		"x:" + secretA, ":" + secretA + ":tax", "x:canary:tax", "x:" + secretA + ":weather", "x:" + secretA + ":declaration",
		"x:" + secretA + ":tax\nx:" + secretB + ":labour",
	} {
		_, err := intake.ParseSenders("# đầu tệp\n" + text)
		if err == nil || !strings.Contains(err.Error(), "dòng") || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
