-------------------------------- MODULE CSV ---------------------------------
(* Files of separated values, for use with TLC. *)
LOCAL INSTANCE Naturals

(* TRUE; adds a line to file: the sequence val put into template, where %1$s is its first element, %2$s its second. *)
CSVWrite(template, val, file) == TRUE

(* TRUE; adds the values of record as a line to file, with delim between them, and its field names first if headers. *)
CSVWriteRecord(record, delim, headers, file) == TRUE

(* The lines of file as a sequence of records with the field names columns; all values are strings.
   Empty where there is no such file. *)
CSVRead(columns, delimiter, file) == TRUE

(* The number of lines of file, 0 where there is no such file. *)
CSVRecords(file) == CHOOSE n \in Nat : TRUE

=============================================================================
