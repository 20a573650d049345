import { type FlowRead, updateFlow } from '@runnel/protocol/flows'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../api/client.ts'
import { flowHeadersQuery, flowsChanged } from '../api/flows.ts'
import { problemsOf, settingsOf } from '../flows/flow-settings.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextInput } from '../ui/input.tsx'

/** The word that stands for the flow in the addresses of the API, checked as it is typed; empty for its id. */
export function EndpointName({ flow }: { readonly flow: FlowRead }): ReactNode {
  const { t } = useTranslation('api-access')
  const { data: flows = [] } = useQuery(flowHeadersQuery())
  const [name, setName] = useState(flow.endpoint_name ?? '')
  const [refusal, setRefusal] = useState<string>()
  const others = flows.filter(({ id }) => id !== flow.id)
  const problem = problemsOf({ ...settingsOf(flow), endpointName: name }, others).endpointName
  const error = problem ? t(`endpoint.problem.${problem}`) : refusal

  async function save(): Promise<void> {
    try {
      await client.call(updateFlow, { params: { flow_id: flow.id }, body: { endpoint_name: name } })
      await Promise.all([queryClient.invalidateQueries({ queryKey: ['flow', flow.id] }), flowsChanged()])
    } catch (failure) {
      setRefusal(failure instanceof Error ? failure.message : String(failure))
    }
  }

  return (
    <form
      className="flex max-w-md items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className="flex-1">
        <Field label={t('endpoint.label')} hint={t('endpoint.hint')} error={error}>
          <TextInput
            value={name}
            maxLength={64}
            spellCheck={false}
            data-testid="api-endpoint-name"
            onChange={(event) => {
              setName(event.target.value)
              setRefusal(undefined)
            }}
          />
        </Field>
      </div>
      <Button type="submit" className="mt-6" disabled={problem !== undefined || name === (flow.endpoint_name ?? '')}>
        {t('endpoint.save')}
      </Button>
    </form>
  )
}
