import { createInterface } from 'node:readline'
import { type ListeningServer, listening } from './listening.ts'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Head and text, as they came. */
  readonly data: string
}

export interface FakeSmtp extends ListeningServer {
  readonly received: readonly ReceivedMail[]
  /** Names and passwords that signed in, as `name:password`. */
  readonly signedIn: readonly string[]
}

/** A mail server on loopback that keeps what it is given (RFC 5321); `refuses` recipients are unknown to it. */
export async function fakeSmtp({ refuses = [] }: { readonly refuses?: readonly string[] } = {}): Promise<FakeSmtp> {
  const received: ReceivedMail[] = []
  const signedIn: string[] = []
  const server = await listening((socket) => {
    const say = (line: string) => void socket.write(`${line}\r\n`)
    let from = ''
    let to: string[] = []
    let data: string[] | undefined
    say('220 mail.example.com ESMTP')
    createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      if (data) {
        if (line !== '.') return void data.push(line.replace(/^\./, ''))
        received.push({ from, to, data: data.join('\n') })
        data = undefined
        to = []
        return say('250 kept')
      }
      const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
      const [verb = '', , proof = ''] = line.split(' ')
      switch (verb.toUpperCase()) {
        case 'EHLO':
          say('250-mail.example.com')
          return say('250 AUTH PLAIN')
        case 'AUTH':
          signedIn.push(Buffer.from(proof, 'base64').toString().split('\0').slice(1).join(':'))
          return say('235 welcome')
        case 'MAIL':
          from = address
          return say('250 ok')
        case 'RCPT':
          if (refuses.includes(address)) return say('550 no such mailbox')
          to.push(address)
          return say('250 ok')
        case 'DATA':
          data = []
          return say('354 go on')
        case 'QUIT':
          say('221 bye')
          return void socket.end()
        default:
          return say('250 ok')
      }
    })
  })
  return { ...server, received, signedIn, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}
