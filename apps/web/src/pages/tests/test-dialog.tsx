import { flowTestChecks } from '@runnel/protocol/flow-test-terms'
import { createFlowTest, type FlowTestRead, replaceFlowTest } from '@runnel/protocol/flow-tests'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { flowTestsChanged } from '../../api/flow-tests.ts'
import { modelOptionsQuery } from '../../api/models.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Field, Labelled, TextArea, TextInput } from '../../ui/input.tsx'
import { Select } from '../../ui/select.tsx'
import { bodyOf, isComplete, modelRef, type TestDraft } from './test-draft.ts'

export interface TestDialogProps {
  readonly flowId: string
  /** The test to change; without, one is made. */
  readonly test?: FlowTestRead | undefined
  readonly begun: TestDraft
  readonly onClose: () => void
}

/** Stands for the default model. */
const DEFAULT = 'default'
const NARROW_CODE = 'font-mono text-xs'

/** What is said to the flow, and how its answer is checked. */
export function TestDialog({ flowId, test, begun, onClose }: TestDialogProps): ReactNode {
  const { t } = useTranslation('tests')
  const [draft, setDraft] = useState(begun)
  const change = (part: Partial<TestDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const { check } = draft

  async function save(): Promise<void> {
    const body = bodyOrWhy()
    const params = { flow_id: flowId }
    if (test) await client.call(replaceFlowTest, { params: { ...params, test_id: test.id }, body })
    else await client.call(createFlowTest, { params, body })
    await flowTestsChanged(flowId)
  }

  function bodyOrWhy() {
    try {
      return bodyOf(draft)
    } catch (cause) {
      throw new Error(t('dialog.tweaksWrong'), { cause })
    }
  }

  return (
    <FormDialog
      title={test ? t('dialog.edit') : t('dialog.add')}
      submit={t('dialog.save')}
      disabled={!isComplete(draft)}
      onSubmit={save}
      onClose={onClose}
      width="lg"
      testId="test-dialog"
      submitTestId="save-test"
    >
      <Field label={t('name')} required>
        <TextInput
          value={draft.name}
          maxLength={200}
          autoFocus
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field label={t('input')} hint={t('dialog.inputHint')}>
        <TextArea
          rows={3}
          value={draft.input_value}
          onChange={(event) => change({ input_value: event.target.value })}
        />
      </Field>
      <Labelled label={t('check')} hint={t(`checkHints.${check}`)}>
        <Select
          label={t('check')}
          value={check}
          options={flowTestChecks.map((value) => ({ value, label: t(`checks.${value}`) }))}
          onChange={(chosen) => change({ check: chosen })}
          testId="test-check"
        />
      </Labelled>
      <Field label={t(`expects.${check}`)} required={check !== 'equals'}>
        <TextArea
          rows={check === 'regex' ? 1 : 4}
          value={draft.expected}
          spellCheck={check !== 'regex' && check !== 'schema'}
          className={check === 'regex' || check === 'schema' ? NARROW_CODE : ''}
          onChange={(event) => change({ expected: event.target.value })}
        />
      </Field>
      {check === 'equals' || check === 'contains' ? (
        <span className="flex items-center gap-2 text-sm">
          <Checkbox
            checked={draft.ignore_case}
            label={t('dialog.ignoreCase')}
            onChange={(ignore_case) => change({ ignore_case })}
          />
          <span aria-hidden="true">{t('dialog.ignoreCase')}</span>
        </span>
      ) : null}
      {check === 'judge' ? <Judge value={draft.judge} onChange={(judge) => change({ judge })} /> : null}
      <details open={begun.tweaks !== ''}>
        <summary className="min-h-6 cursor-pointer font-medium text-sm">{t('dialog.tweaks')}</summary>
        <div className="mt-1">
          <Field label={<span className="sr-only">{t('dialog.tweaks')}</span>} hint={t('dialog.tweaksHint')}>
            <TextArea
              rows={3}
              value={draft.tweaks}
              spellCheck={false}
              placeholder='{ "Prompt-1a2b3": { "template": "…" } }'
              className={NARROW_CODE}
              onChange={(event) => change({ tweaks: event.target.value })}
            />
          </Field>
        </div>
      </details>
    </FormDialog>
  )
}

interface JudgeProps {
  readonly value: string
  readonly onChange: (ref: string) => void
}

/** Which of the models that are set up judges. */
function Judge({ value, onChange }: JudgeProps): ReactNode {
  const { t } = useTranslation('tests')
  const { data: models = [], isSuccess } = useQuery(modelOptionsQuery('language'))
  const options = models.map((model) => ({ value: modelRef(model), label: `${model.provider} · ${model.name}` }))
  // The key of its provider may be gone; it still is the one that was chosen.
  const gone = value !== '' && !options.some((option) => option.value === value)
  return (
    <Labelled label={t('dialog.judge')} hint={isSuccess && models.length === 0 ? t('dialog.noModels') : undefined}>
      <Select
        label={t('dialog.judge')}
        value={value || DEFAULT}
        options={[
          { value: DEFAULT, label: t('dialog.defaultModel') },
          ...(gone ? [{ value, label: value.replace('\u0000', ' · ') }] : []),
          ...options,
        ]}
        onChange={(chosen) => onChange(chosen === DEFAULT ? '' : chosen)}
        testId="test-judge"
      />
    </Labelled>
  )
}
