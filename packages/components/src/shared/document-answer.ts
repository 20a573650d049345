/** How a question is asked about several documents. */
export const CHAIN_TYPES = ['Stuff', 'Map Reduce', 'Refine', 'Map Rerank'] as const
export type ChainType = (typeof CHAIN_TYPES)[number]

type Ask = (prompt: string) => Promise<string>

/** Answers a question from documents alone; `ask` asks the model. */
export function answerFromDocuments(
  type: ChainType,
  question: string,
  documents: readonly string[],
  ask: Ask,
): Promise<string> {
  switch (type) {
    case 'Stuff':
      return ask(aboutAll(question, documents))
    case 'Map Reduce':
      return gathered(question, documents, ask)
    case 'Refine':
      return refined(question, documents, ask)
    case 'Map Rerank':
      return bestOf(question, documents, ask)
    default:
      return type satisfies never
  }
}

const aboutAll = (question: string, documents: readonly string[]): string =>
  'Answer the question from the following context alone. Say that you do not know where it does not tell.\n\n' +
  `${documents.join('\n\n')}\n\nQuestion: ${question}\nAnswer:`

async function gathered(question: string, documents: readonly string[], ask: Ask): Promise<string> {
  const parts = await Promise.all(
    documents.map((document) =>
      ask(`Copy from the document what bears on the question, word for word.\n\n${document}\n\nQuestion: ${question}`),
    ),
  )
  return ask(aboutAll(question, parts))
}

async function refined(question: string, [first = '', ...others]: readonly string[], ask: Ask): Promise<string> {
  let answer = await ask(aboutAll(question, [first]))
  for (const document of others) {
    answer = await ask(
      `Question: ${question}\nAnswer so far: ${answer}\n\nBetter the answer by this document. Repeat it as it is when ` +
        `the document does not help.\n\n${document}`,
    )
  }
  return answer
}

async function bestOf(question: string, documents: readonly string[], ask: Ask): Promise<string> {
  const answers = await Promise.all(
    documents.map((document) =>
      ask(
        `${aboutAll(question, [document])}\n\nAfter the answer write a line \`Score: N\`, where N from 0 to 100 says how ` +
          'well the document answers the question.',
      ),
    ),
  )
  const scored = answers.map((answer) => {
    const [line, score = '0'] = /^\s*Score:\s*(\d+).*$/im.exec(answer) ?? ['']
    return { answer: answer.replace(line, '').trim(), score: Number(score) }
  })
  return scored.toSorted((a, b) => b.score - a.score)[0]?.answer ?? ask(aboutAll(question, []))
}
