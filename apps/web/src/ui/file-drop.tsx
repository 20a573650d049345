import { Upload } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { classNames } from './class-names.ts'

export interface FileDropProps {
  /** Said over the area while files hang above it. */
  readonly text: string
  /** Without it files are not taken, and the browser does not open them either. */
  readonly onDrop: ((files: readonly File[]) => void) | undefined
  readonly children: ReactNode
  readonly className?: string
  readonly testId?: string
}

export const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files')

/** An area that takes files; there is always a button that does the same. */
export function FileDrop({ text, onDrop, children, className, testId }: FileDropProps): ReactNode {
  const [isOver, setOver] = useState(false)
  // Entering a child comes before leaving its parent, so both are counted.
  const depth = useRef(0)
  const leave = (): void => {
    depth.current = 0
    setOver(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the shortcut of an upload button
    <div
      className={classNames('relative', className)}
      data-testid={testId}
      onDragEnter={(event) => {
        if (!hasFiles(event) || !onDrop) return
        depth.current += 1
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!hasFiles(event)) return
        depth.current -= 1
        if (depth.current <= 0) leave()
      }}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        leave()
        onDrop?.([...event.dataTransfer.files])
      }}
    >
      {children}
      {isOver ? (
        <div
          data-veil=""
          className="pointer-events-none absolute inset-2 z-30 flex items-center justify-center gap-3 rounded-lg border-2 border-accent border-dashed bg-accent-soft/90 font-medium text-accent text-lg"
        >
          <Upload size={20} />
          {text}
        </div>
      ) : null}
    </div>
  )
}

/** Lets the user choose files; nothing when the dialog is closed without. */
export function chooseFiles(accept: string, onChosen: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = accept
  input.onchange = () => onChosen([...(input.files ?? [])])
  input.click()
}

/** Lets the user choose a folder: the files in it and below. @param onChosen is told how many hidden ones were left out */
export function chooseFolder(onChosen: (files: readonly File[], hidden: number) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.webkitdirectory = true
  input.onchange = () => {
    const files = [...(input.files ?? [])]
    const open = files.filter(({ webkitRelativePath: path }) => !path.split('/').some((part) => part.startsWith('.')))
    onChosen(open, files.length - open.length)
  }
  input.click()
}

/** Hands a file to the user. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
