import { type MessageRow, updateMessage } from '@runnel/protocol/monitor-messages'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { messagesChanged } from '../../api/monitor.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Field, TextArea } from '../../ui/input.tsx'
import { JsonBlock } from '../../ui/json-block.tsx'
import { Time } from '../../ui/time.tsx'

export interface MessageDialogProps {
  readonly message: MessageRow
  readonly onClose: () => void
}

/** The whole message, to read and to correct; what is saved is what flows remember. */
export function MessageDialog({ message, onClose }: MessageDialogProps): ReactNode {
  const { t } = useTranslation('monitor')
  const [text, setText] = useState(message.text)
  const save = async (): Promise<void> => {
    await client.call(updateMessage, { params: { message_id: message.id }, body: { text } })
    await messagesChanged()
  }
  return (
    <FormDialog
      title={`${message.sender_name} · ${message.session_id}`}
      description={<Time at={message.timestamp} exact />}
      width="lg"
      submit={t('messages.save')}
      disabled={text === message.text}
      onSubmit={save}
      onClose={onClose}
    >
      <Field label={t('messages.text')} hint={t('messages.saveHint')}>
        <TextArea rows={12} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      {message.files !== '[]' ? <JsonBlock label={t('messages.files')} value={message.files} /> : null}
      <details>
        <summary className="min-h-6 cursor-pointer text-sm text-text-muted">{t('messages.details')}</summary>
        <JsonBlock label="JSON" value={message} />
      </details>
    </FormDialog>
  )
}
