import type { TemplateField } from '../model/flow-document.ts'

/** Whether a field holds something else than its component begins with. */
export const differs = (field: TemplateField, stock: TemplateField): boolean =>
  JSON.stringify(field.value ?? '') !== JSON.stringify(stock.value ?? '') ||
  (field.load_from_db === true && field.value !== '' && stock.value !== field.value)

/** What brings a field back to what its component begins with; the place of a file goes with its name. */
export const asStock = (field: TemplateField, stock: TemplateField | undefined): Partial<TemplateField> => ({
  value: stock?.value,
  load_from_db: stock?.load_from_db ?? false,
  ...(field.file_path !== undefined && { file_path: stock?.file_path ?? '' }),
})
