/** A JSON body that is posted by a command of PowerShell. */
export interface PowershellPost {
  readonly url: string
  readonly body: unknown
  /** What `x-api-key` holds between double quotes; undefined where no key is needed. */
  readonly key: string | undefined
  /** More arguments of curl: ` -N`. */
  readonly flags?: string
}

/** Windows PowerShell pipes ASCII to programs: any other letter would arrive as a question mark. */
const asciiJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll(
    /[^\0-~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** One line of arguments; the body goes in by the pipe, so that no quote of it meets the shell. */
export const powershellPost = ({ url, body, key, flags = '' }: PowershellPost): string => `$jsonData = @'
${asciiJson(body)}
'@

$jsonData | curl.exe --request POST${flags} --url "${url}" --header "Content-Type: application/json"${powershellKey(key)} --data "@-"
`

/** The argument that sends a key, with the space before it. */
export const powershellKey = (key: string | undefined): string =>
  key === undefined ? '' : ` --header "x-api-key: ${key}"`
