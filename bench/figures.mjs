// Figures, their gates and how they are shown.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * One figure of several rounds. `floor` and `ours` hold a value for each round; what is judged, `judged`, is worked out
 * round by round, so that it compares runs a few seconds apart: `ratio` (the default), `added` (the difference) or
 * `ours`. Better is `more` or `less`; without a gate the figure is only told.
 */
export function figure({ part, name, unit, floor, ours, judge = 'ratio', better = 'less', gate, aim }) {
  const rounds = ours.map((value, i) => {
    if (judge === 'ours') return value
    return judge === 'added' ? value - floor[i] : value / floor[i]
  })
  const judged = median(rounds)
  const meets = (bound) => bound === undefined || (better === 'more' ? judged >= bound : judged <= bound)
  return {
    part,
    name,
    unit,
    floor: floor && median(floor),
    ours: median(ours),
    judge,
    judged,
    min: Math.min(...rounds),
    max: Math.max(...rounds),
    better,
    gate,
    aim,
    passes: meets(gate),
    reaches: gate === undefined ? undefined : meets(aim ?? gate),
  }
}

/** Three significant digits are all that such a machine gives. */
export function short(value) {
  if (value === undefined || Number.isNaN(value)) return '–'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toFixed(digits)
}

/** The figures as a table in Markdown, so that it can be pasted into a document. */
export function table(figures) {
  const rows = figures.map((f) => {
    const sign = f.better === 'more' ? '≥' : '≤'
    const mark = f.judge === 'ratio' ? '×' : f.judge === 'added' && f.judged >= 0 ? '+' : ''
    const verdict = f.gate === undefined ? '' : !f.passes ? 'MISSED' : f.reaches ? 'aim' : 'gate'
    return [
      f.part,
      `${f.name}, ${f.unit}`,
      short(f.floor),
      short(f.ours),
      `${mark}${short(f.judged)} (${short(f.min)}–${short(f.max)})`,
      f.gate === undefined ? '' : `${sign} ${f.gate}`,
      f.aim === undefined ? '' : `${sign} ${f.aim}`,
      verdict,
    ]
  })
  const head = ['', 'figure', 'floor', 'ours', 'judged (min–max)', 'gate', 'aim', 'met']
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column].length)))
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n')
}
