/** One column of a table that is taken away as a file. */
export type CsvColumn<Row> = Readonly<{
  /** The id of the table's column. */
  id: string;
  header: string;
  hidden?: true;
  text: (row: Row) => string | number | null;
}>;
