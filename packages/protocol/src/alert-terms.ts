/** What an alert watches: failed runs in percent, the 95th percentile of seconds, US dollars, or that nothing runs. */
export const alertMeasures = ['error_rate', 'latency', 'spend', 'no_runs'] as const

/** The time an alert looks back over. */
export const alertWindows = ['15m', '1h', '24h', '7d'] as const
