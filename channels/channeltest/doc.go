// Package channeltest holds what every chat channel must pass, and fakes of the platforms,
// strict about what their documents say. `motcua serve -sample` runs the fakes too, so
// nothing here imports package testing.
package channeltest
