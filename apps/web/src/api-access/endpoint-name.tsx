import { type FlowRead, updateFlow } from '@runnel/protocol/flows'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../api/client.ts'
import { flowsChanged } from '../api/flows.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextInput } from '../ui/input.tsx'

const RULE = /^[\w-]*$/

/** The word that stands for the flow in the addresses of the API; empty for its id. */
export function EndpointName({ flow }: { readonly flow: FlowRead }): ReactNode {
  const { t } = useTranslation('api-access')
  const [name, setName] = useState(flow.endpoint_name ?? '')
  const [refusal, setRefusal] = useState<string>()
  const error = RULE.test(name) ? refusal : t('endpoint.rule')

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
      <Button type="submit" className="mt-6" disabled={!RULE.test(name) || name === (flow.endpoint_name ?? '')}>
        {t('endpoint.save')}
      </Button>
    </form>
  )
}
