/** Why a run or a node failed, without the sentence that only names the component: where it is shown, its name is, too. */
export const failureReason = (error: string): string =>
  error.replace(/^Error building Component [^\n]*: \n\n(?=\S)/, '')
