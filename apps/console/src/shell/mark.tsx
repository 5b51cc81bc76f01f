/** The mark of the product: a battlement that is also a shield. */
export function Mark({ className }: Readonly<{ className?: string }>) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <path d="M4 4h6v4h3V4h6v4h3V4h6v13c0 6-5 9.500-12 12C9 26.500 4 23 4 17Z" className="fill-accent-fill" />
    </svg>
  );
}
