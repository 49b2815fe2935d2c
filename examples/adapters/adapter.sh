#!/bin/sh
# Starter of an adapter for denbun, in POSIX sh, without dependencies. Copy it and go on.
#
# The harness starts this script and writes commands to its stdin: lines key=value, ended by a blank
# line (framing kv); it reads answers of the same form from stdout. Messages for people go to
# stderr. Everything is in docs/sut-protocol.md.
# この雛形を写して、あなたのシステムにつなぐところを書き足してください。

last=0 # the seq of the last command

forget() {
    seq='' cmd='' nonce='' token='' role='' kind='' action='' what=''
}

# Keep the members of a command that this script looks at; all others pass by.
keep() {
    case $1 in
        seq=*) seq=${1#*=} ;;
        cmd=*) cmd=${1#*=} ;;
        nonce=*) nonce=${1#*=} ;;
        token=*) token=${1#*=} ;;
        role=*) role=${1#*=} ;;
        kind=*) kind=${1#*=} ;;
        action=*) action=${1#*=} ;;
        what=*) what=${1#*=} ;;
        network.peers.cs.tcp=*) cs=${1#*=} ;; # where your system sends its telegrams
    esac
}

# Print an answer: the status, then further members as key=value.
answer() {
    printf 'seq=%s\nstatus=%s\n' "$seq" "$1"
    shift
    for member in "$@"; do
        printf '%s\n' "$member"
    done
    printf '\n'
}

unsupported() {
    answer unsupported scope=adapter # the system may, the adapter cannot
}

# Open your listeners before you answer.
hello() {
    if [ -z "$token" ] || [ "$token" != "$DENBUN_TOKEN" ]; then # another run, or not the harness
        answer error 'reason=wrong token'
        return
    fi
    answer ok "nonce=$nonce" environment=test \
        'sut.name=my system' sut.version=0 \
        adapter.name=starter-sh adapter.version=1 \
        verbs.1=stop \
        "listens.$role.tcp=127.0.0.1:9101" "listens.$role.http=127.0.0.1:9102"
}

# Put records into the registers (事前データ); no telegram may leave because of it.
provision() {
    case $kind in
        *) unsupported ;; # household) …; answer ok handle=h1 ;;
    esac
}

# Do what staff would do (操作), tell how it came out; do not wait for telegrams.
trigger() {
    case $action in
        *) unsupported ;; # birth) … "$cs" …; answer ok handle=r1 ;;
    esac
}

# Tell what the registers hold (照会).
observe() {
    case $what in
        *) unsupported ;; # stock) answer ok data.count=20 data.threshold=5 ;;
    esac
}

act() {
    case $cmd in
        hello) hello ;;
        provision) provision ;;
        trigger) trigger ;;
        observe) observe ;;
        stop) answer ok && exit 0 ;;
        *) unsupported ;;
    esac
}

forget
while IFS= read -r line; do
    if [ -n "$line" ]; then
        keep "$line"
        continue
    fi
    case $seq in
        '' | *[!0-9]*) seq=0 ;; # no command
    esac
    if [ "$seq" -gt "$last" ] && [ -n "$cmd" ]; then
        last=$seq
        act
    elif [ -n "$cmd" ]; then
        echo "passed over seq $seq, which was used" >&2
    fi
    forget
done
