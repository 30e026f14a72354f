package app

import (
	"github.com/motcua/motcua/internal/identity"
	"github.com/motcua/motcua/lifeevents"
)

// samplePerson is the pseudonym a persona of the sample provider signs in with. It is the
// same each time in one data folder.
func (a *App) samplePerson(persona string) (lifeevents.PersonID, error) {
	keys, err := a.pseudonymKeys()
	if err != nil {
		return "", err
	}
	key, err := keys.Derive(identity.PseudonymUse)
	if err != nil {
		return "", err
	}
	return identity.Pseudonym(key, identity.SampleIssuer, persona), nil
}
