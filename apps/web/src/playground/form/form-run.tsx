import { useQueryClient } from '@tanstack/react-query'
import { Play, Square } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRunState, useWorkspace } from '../../editor/editor-context.tsx'
import { useFromFlow } from '../../editor/from-flow.ts'
import { problemsOf } from '../../editor/model/problems.ts'
import { lackedModel } from '../../editor/model-setup/fill-models.ts'
import { lackedVariables } from '../../editor/run/lacked-variables.ts'
import { useComponentText } from '../../i18n/component-text.ts'
import { mayEdit, mayRun } from '../../projects/may.ts'
import { Button } from '../../ui/button.tsx'
import { Field, isComposing, TextArea, TextInput } from '../../ui/input.tsx'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { Switch } from '../../ui/switch.tsx'
import { FieldRow } from '../field-row.tsx'
import { ModelSetup } from '../model-setup.tsx'
import {
  askedFields,
  keyOf,
  type SessionValue,
  type SettableField,
  sessionField,
  withSessionValues,
} from '../session-values/session-values.ts'
import { type FormInput, formInputs, withValues } from './form-inputs.ts'
import { OutputCards } from './output-cards.tsx'

/** Runs a flow nobody can chat with: its inputs as a form, its outputs as cards. */
export function FormRun(): ReactNode {
  const { t } = useTranslation('playground')
  useComponentText()
  const { t: tEditor } = useTranslation('editor')
  const workspace = useWorkspace()
  const { editor, runner, catalogue, role } = workspace
  /** Others run it with the values it is saved with. */
  const mayFill = mayEdit(workspace)
  const queryClient = useQueryClient()
  /** Asked to run while there was no model to ask: it does once there is one. */
  const [waitsForModel, setWaitsForModel] = useState(false)
  const isRunning = useRunState((state) => state.running !== undefined)
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [changes, setChanges] = useState<readonly SessionValue[]>([])
  const changeOf = ({ key, nodeId, name }: SettableField): SessionValue =>
    changes.find((change) => keyOf(change) === key) ?? { nodeId, field: name, change: {} }
  const inputs = useFromFlow((document) => formInputs(document))
  const asked = useFromFlow((document) => askedFields(document))
  const held = useFromFlow((document) => asked.map((one) => sessionField(document, changeOf(one))))
  const isComplete = inputs.every(({ isRequired, key, preset }) => !isRequired || (values[key] ?? preset).trim() !== '')
  const run = async (): Promise<void> => {
    if (isRunning || !isComplete) return
    try {
      const filled = withSessionValues(withValues(editor.getDocument(), inputs, values), changes)
      const found = problemsOf(filled, { catalogue, hidesSecrets: role !== undefined })
      const problems =
        found.length > 0 || role !== undefined ? found : await lackedVariables(filled, queryClient).catch(() => [])
      if (problems.length === 0) {
        const lacked = role === undefined ? await lackedModel(filled, queryClient).catch(() => undefined) : undefined
        setWaitsForModel(lacked !== undefined)
        if (!lacked) void runner.run({ document: filled })
      } else {
        notify('error', t('trouble.refused'), {
          details: problems.map(({ key, values: facts }) => tEditor(`problems.${key}`, facts)),
        })
      }
    } catch (error) {
      notifyError(t('form.invalid'), error)
    }
  }
  return (
    <form
      className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4"
      data-testid="form-run"
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || isComposing(event)) return
        event.preventDefault()
        event.stopPropagation()
        void run()
      }}
    >
      <fieldset disabled={!mayFill} className="contents">
        {inputs.map((input) => (
          <Field key={input.key} label={input.label} required={input.isRequired}>
            <Control
              input={input}
              value={values[input.key] ?? input.preset}
              onChange={(value) => setValues({ ...values, [input.key]: value })}
            />
          </Field>
        ))}
        {asked.map((one, index) => {
          const value = changeOf(one)
          const field = held[index]
          return field ? (
            <FieldRow
              key={one.key}
              known={one}
              testId={`form-field-${one.name}`}
              field={field}
              onChange={(part) =>
                setChanges([
                  ...changes.filter((change) => keyOf(change) !== one.key),
                  { ...value, change: { ...value.change, ...part } },
                ])
              }
            />
          ) : null
        })}
      </fieldset>
      {mayRun(workspace) ? (
        mayFill ? null : (
          <p className="text-sm text-text-muted">{t('shared.asSaved')}</p>
        )
      ) : (
        <p className="text-sm text-text-muted" data-testid="chat-refused">
          {t('shared.noRun')}
        </p>
      )}
      {inputs.length + asked.length === 0 ? <p className="text-sm text-text-muted">{t('form.nothing')}</p> : null}
      {role === undefined ? <ModelSetup onReady={() => void (waitsForModel && run())} /> : null}
      {waitsForModel ? (
        <p role="alert" className="text-danger text-sm">
          {t('form.waits')}
        </p>
      ) : null}
      <div className={mayRun(workspace) ? undefined : 'hidden'}>
        {isRunning ? (
          <Button onClick={() => void runner.stop()} data-testid="button-stop">
            <Square size={14} />
            {t('composer.stop')}
          </Button>
        ) : (
          <Button type="submit" look="primary" disabled={!isComplete} data-testid="run-form">
            <Play size={14} />
            {t('form.run')}
          </Button>
        )}
      </div>
      <OutputCards />
    </form>
  )
}

interface ControlProps {
  readonly input: FormInput
  readonly value: string
  readonly onChange: (value: string) => void
}

function Control({ input: { kind, label, key }, value, onChange }: ControlProps): ReactNode {
  if (kind === 'boolean') {
    return <Switch label={label} checked={value === 'true'} onChange={(checked) => onChange(String(checked))} />
  }
  if (kind === 'number') {
    return <TextInput type="number" step="any" value={value} onChange={({ target }) => onChange(target.value)} />
  }
  return (
    <TextArea
      rows={kind === 'json' ? 4 : 2}
      value={value}
      spellCheck={kind === 'text'}
      data-testid={`form-input-${key}`}
      className={kind === 'json' ? 'font-mono' : ''}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
