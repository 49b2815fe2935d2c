*> Starter of an adapter for denbun, in GnuCOBOL (2.2 or newer), without dependencies. Copy it.
*>
*> The harness starts this program and writes commands to its stdin: lines key=value, ended by a
*> blank line (framing kv); it reads answers of the same form from stdout. Messages for people go
*> to stderr (DISPLAY ... UPON SYSERR). Everything is in docs/sut-protocol.md.
*> Build by:  cobc -x -free adapter.cob
*> この雛形を写して、あなたのシステムにつなぐところを書き足してください。
IDENTIFICATION DIVISION.
PROGRAM-ID. ADAPTER.
ENVIRONMENT DIVISION.
INPUT-OUTPUT SECTION.
FILE-CONTROL.
    SELECT COMMANDS ASSIGN TO KEYBOARD
        ORGANIZATION IS LINE SEQUENTIAL FILE STATUS IS READ-STATUS.
DATA DIVISION.
FILE SECTION.
FD  COMMANDS.
01  IN-LINE             PIC X(4096).
WORKING-STORAGE SECTION.
01  READ-STATUS         PIC XX.
01  LAST-SEQ            PIC 9(9) VALUE 0.
01  KEY-NAME            PIC X(256).
01  KEY-VALUE           PIC X(4096).
01  POSITION-OF-VALUE   PIC 9(5).
01  GOES-ON             PIC X VALUE "Y".
*> The members of a command that this program looks at; all others pass by.
01  COMMAND.
    05  SEQ-TEXT        PIC X(20).
    05  SEQ             PIC 9(9).
    05  CMD             PIC X(32).
    05  NONCE           PIC X(64).
    05  TOKEN           PIC X(128).
    05  ROLE            PIC X(16).
    05  CMD-KIND        PIC X(64).
    05  CMD-ACTION      PIC X(64).
    05  CMD-WHAT        PIC X(64).
01  CS-ADDRESS          PIC X(64).
01  RUN-TOKEN           PIC X(128).

PROCEDURE DIVISION.
MAIN.
    ACCEPT RUN-TOKEN FROM ENVIRONMENT "DENBUN_TOKEN"
    OPEN INPUT COMMANDS
    INITIALIZE COMMAND
    PERFORM UNTIL GOES-ON = "N"
        MOVE SPACES TO IN-LINE
        READ COMMANDS AT END MOVE "N" TO GOES-ON END-READ
        EVALUATE TRUE
            WHEN GOES-ON = "N" CONTINUE
            WHEN IN-LINE = SPACES PERFORM END-OF-COMMAND
            WHEN OTHER PERFORM KEEP-MEMBER
        END-EVALUATE
    END-PERFORM
    CLOSE COMMANDS
    STOP RUN.

KEEP-MEMBER.
    MOVE 1 TO POSITION-OF-VALUE
    MOVE SPACES TO KEY-NAME KEY-VALUE
    UNSTRING IN-LINE DELIMITED BY "=" INTO KEY-NAME WITH POINTER POSITION-OF-VALUE
    IF POSITION-OF-VALUE <= LENGTH OF IN-LINE
        MOVE IN-LINE(POSITION-OF-VALUE:) TO KEY-VALUE
    END-IF
    EVALUATE KEY-NAME
        WHEN "seq" MOVE KEY-VALUE TO SEQ-TEXT
        WHEN "cmd" MOVE KEY-VALUE TO CMD
        WHEN "nonce" MOVE KEY-VALUE TO NONCE
        WHEN "token" MOVE KEY-VALUE TO TOKEN
        WHEN "role" MOVE KEY-VALUE TO ROLE
        WHEN "kind" MOVE KEY-VALUE TO CMD-KIND
        WHEN "action" MOVE KEY-VALUE TO CMD-ACTION
        WHEN "what" MOVE KEY-VALUE TO CMD-WHAT
        WHEN "network.peers.cs.tcp" MOVE KEY-VALUE TO CS-ADDRESS
    END-EVALUATE.

END-OF-COMMAND.
    MOVE 0 TO SEQ
    IF FUNCTION TEST-NUMVAL(SEQ-TEXT) = 0
        COMPUTE SEQ = FUNCTION NUMVAL(SEQ-TEXT)
    END-IF
    *> A seq that was used, or no command at all: nothing is done.
    IF SEQ > LAST-SEQ AND CMD NOT = SPACES
        MOVE SEQ TO LAST-SEQ
        DISPLAY "seq=" FUNCTION TRIM(SEQ-TEXT)
        PERFORM ACT
        DISPLAY " "
        CALL "fflush" USING BY VALUE SIZE 8 0
    END-IF
    INITIALIZE COMMAND.

ACT.
    EVALUATE CMD
        WHEN "hello"
            IF TOKEN = SPACES OR TOKEN NOT = RUN-TOKEN
                *> Another run, or not the harness.
                DISPLAY "status=error"
                DISPLAY "reason=wrong token"
            ELSE
                PERFORM HELLO
            END-IF
        WHEN "provision" PERFORM PROVISION
        WHEN "trigger" PERFORM TRIGGER
        WHEN "observe" PERFORM OBSERVE
        WHEN "stop"
            DISPLAY "status=ok"
            MOVE "N" TO GOES-ON
        WHEN OTHER PERFORM UNSUPPORTED
    END-EVALUATE.

*> Open your listeners before you answer.
HELLO.
    DISPLAY "status=ok"
    DISPLAY "nonce=" FUNCTION TRIM(NONCE)
    DISPLAY "environment=test"
    DISPLAY "sut.name=my system"
    DISPLAY "sut.version=0"
    DISPLAY "adapter.name=starter-cobol"
    DISPLAY "adapter.version=1"
    DISPLAY "verbs.1=stop"
    DISPLAY "listens." FUNCTION TRIM(ROLE) ".tcp=127.0.0.1:9101"
    DISPLAY "listens." FUNCTION TRIM(ROLE) ".http=127.0.0.1:9102".

*> Put records into the registers (事前データ); no telegram may leave because of it.
PROVISION.
    *> EVALUATE CMD-KIND WHEN "household" ... WHEN OTHER PERFORM UNSUPPORTED END-EVALUATE
    PERFORM UNSUPPORTED.

*> Do what staff would do (操作), tell how it came out; do not wait for telegrams.
TRIGGER.
    *> EVALUATE CMD-ACTION WHEN "birth" ... WHEN OTHER PERFORM UNSUPPORTED END-EVALUATE
    PERFORM UNSUPPORTED.

*> Tell what the registers hold (照会).
OBSERVE.
    *> EVALUATE CMD-WHAT WHEN "stock" ... WHEN OTHER PERFORM UNSUPPORTED END-EVALUATE
    PERFORM UNSUPPORTED.

UNSUPPORTED.
    DISPLAY "status=unsupported"
    DISPLAY "scope=adapter".
