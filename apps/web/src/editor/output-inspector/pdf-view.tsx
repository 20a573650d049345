import { Download } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { saveFile } from '../../ui/file-drop.tsx'

export interface PdfViewProps {
  readonly name: string
  readonly base64: string
}

/** A document a flow has made: shown by the browser where it can, and saved. */
export function PdfView({ name, base64 }: PdfViewProps): ReactNode {
  const { t } = useTranslation('fields')
  const file = useMemo(() => pdfOf(base64), [base64])
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!file) return
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  if (!file) return <p className="py-8 text-center text-sm text-text-muted">{t('output.cannotShow')}</p>
  return (
    <>
      <Button size="sm" className="self-start" onClick={() => saveFile(file, `${name}.pdf`)}>
        <Download size={13} />
        {t('output.savePdf')}
      </Button>
      {address ? (
        <iframe title={name} src={address} className="min-h-0 w-full flex-1 rounded-md border border-border" />
      ) : null}
    </>
  )
}

/** Undefined when the text is not what it says it is. */
function pdfOf(base64: string): Blob | undefined {
  try {
    return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: 'application/pdf' })
  } catch {
    return undefined
  }
}
