// Package telemetry shows operators how the service does: metrics, traces and logs. None of
// them holds what people asked or who they are: metrics carry counts under labels from
// closed lists, traces carry names of steps and numbers of answers and notices, logs pass a
// mask on their way out.
package telemetry
