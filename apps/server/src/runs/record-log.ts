/** The records of one stream, for any number of readers, each from the beginning. */
export interface RecordLog {
  write(record: string): void
  end(): void
  read(): AsyncGenerator<string, void>
}

/** An empty log; it is kept in memory. */
export function createRecordLog(): RecordLog {
  const records: string[] = []
  let isEnded = false
  let more = Promise.withResolvers<void>()
  const wake = () => {
    more.resolve()
    more = Promise.withResolvers<void>()
  }
  return {
    write(record) {
      records.push(record)
      wake()
    },
    end() {
      isEnded = true
      wake()
    },
    async *read() {
      for (let at = 0; ; ) {
        while (at < records.length) yield records[at++] ?? ''
        if (isEnded) return
        await more.promise
      }
    },
  }
}
