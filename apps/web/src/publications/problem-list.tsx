import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'
import { usePublicationWords } from './publication-words.ts'
import type { PublicationProblem } from './refusal.ts'

export interface ProblemListProps {
  readonly tone: 'danger' | 'warning'
  readonly title: string
  readonly problems: readonly PublicationProblem[]
  /** Shows the node a problem is about. */
  readonly onShow: (nodeId: string) => void
}

/** What keeps a flow from being published, or from running well; a click leads to the node. */
export function ProblemList({ tone, title, problems, onShow }: ProblemListProps): ReactNode {
  const words = usePublicationWords()
  const Icon = tone === 'danger' ? CircleAlert : TriangleAlert
  return (
    <section
      role={tone === 'danger' ? 'alert' : undefined}
      className={classNames('rounded-md p-3 text-sm', tone === 'danger' ? 'bg-danger-soft' : 'bg-warning-soft')}
    >
      <h3
        className={classNames(
          'flex items-center gap-2 font-medium',
          tone === 'danger' ? 'text-danger' : 'text-warning',
        )}
      >
        <Icon size={15} />
        {title}
      </h3>
      <ul className="mt-1.5 flex flex-col gap-0.5">
        {problems.map((problem) => {
          const { code, message, node_id: nodeId, edge_id, field } = problem
          return (
            <li key={`${code} ${nodeId} ${edge_id} ${field} ${message}`}>
              {nodeId === undefined ? (
                <span className="wrap-anywhere block py-1">{words.problem(problem)}</span>
              ) : (
                <button
                  type="button"
                  className="wrap-anywhere min-h-6 rounded-sm py-1 text-left underline decoration-border-strong underline-offset-2 hover:decoration-current"
                  data-testid={`publish-problem-${nodeId}`}
                  onClick={() => onShow(nodeId)}
                >
                  {words.problem(problem)}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
