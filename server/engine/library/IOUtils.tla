------------------------------ MODULE IOUtils -------------------------------
(* Files, other programs and the environment, for use with TLC. A program's result is a record with the fields
   exitValue, stdout and stderr. *)
LOCAL INSTANCE Integers
LOCAL INSTANCE TLC

LOCAL Results == [exitValue : Int, stdout : STRING, stderr : STRING]

(* TRUE; writes val to a file in Java's own format, compressed or not. *)
IOSerialize(val, absoluteFilename, compress) == TRUE

(* The value read from a file that IOSerialize has written. *)
IODeserialize(absoluteFilename, compressed) == CHOOSE val : TRUE

(* Writes the value, a string, to the file dest. options is a record such as
   [format |-> "TXT", charset |-> "UTF-8", openOptions |-> <<"WRITE", "CREATE">>]. Gives exitValue, stdout, stderr. *)
Serialize(value, dest, options) == CHOOSE result \in Results : TRUE

(* Reads the file src; its text is in the result's stdout. options is as [format |-> "TXT", charset |-> "UTF-8"]. *)
Deserialize(src, options) == CHOOSE result : TRUE

(* Runs a program: command is the sequence of its name and arguments. Gives exitValue, stdout, stderr. *)
IOExec(command) == CHOOSE result \in Results : TRUE

(* IOExec with the environment variables of env, a record. *)
IOEnvExec(env, command) == CHOOSE result \in Results : TRUE

(* IOExec with each %s of commandTemplate replaced by the next element of parameters. *)
IOExecTemplate(commandTemplate, parameters) == CHOOSE result \in Results : TRUE

(* IOExecTemplate with the environment variables of env, a record. *)
IOEnvExecTemplate(env, commandTemplate, parameters) == CHOOSE result \in Results : TRUE

(* The environment variables as a record of strings: IOEnv.HOME. An error for a variable that is not set. *)
IOEnv == CHOOSE variables \in [STRING -> STRING] : TRUE

(* The integer that the string str spells. An error where it spells none. *)
atoi(str) == CHOOSE n \in Int : str = ToString(n)

(* The natural number n as a string of at least width digits, with zeros put before it. *)
zeroPadN(n, width) == ToString(<<n, width>>)

=============================================================================
