/** Why a run or a node failed, without the sentence that only names the component: where it is shown, its name is, too. */
export const failureReason = (error: string): string =>
  error.replace(/^Error building Component [^\n]*: \n\n(?=\S)/, '')

/** A reason in words, and what a server sent along as it came: JSON or a page, which nobody reads first. */
export function partsOfReason(reason: string): { readonly sentence: string; readonly raw: string | undefined } {
  const [, sentence, raw] = /^(.*?\S)\s+(\[?\{\s*["'}].*|<(?:!doctype|html)\b.*)$/is.exec(reason) ?? []
  return sentence === undefined ? { sentence: reason, raw: undefined } : { sentence: sentence.replace(/:$/, '.'), raw }
}
