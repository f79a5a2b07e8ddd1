#!/bin/sh
# A throw-away Postfix on loopback, in the foreground. It delivers to the
# users of dovecot.sh and to nobody else: unknown users of their domains get
# 550, other domains bounce.
#
#   sh .ci/postfix.sh DIR DOVECOT-DIR
#
# SMTP_PORT takes mail for the users without login, as a bureau's server would
# send it; SUBMISSION_PORT wants a login (STARTTLS offered). Run as root, after
# dovecot.sh. Parameters by environment:
#   SMTP_PORT 11025, SUBMISSION_PORT 11587, LMTP_PORT 11024, AUTH_PORT 11026
# End it with SIGTERM.
set -eu

dir=${1:?directory}
mkdir -p "$dir"
P=$(cd "$dir" && pwd)
DV=$(cd "${2:?directory of dovecot.sh}" && pwd)
: "${SMTP_PORT:=11025}" "${SUBMISSION_PORT:=11587}" "${LMTP_PORT:=11024}" "${AUTH_PORT:=11026}"

mkdir -p "$P/etc" "$P/spool" "$P/data"
chmod 755 "$P" "$P/etc" "$P/spool"
chown postfix "$P/data"
# start-fg wants these beside main.cf
for f in /etc/postfix/postfix-files /usr/share/postfix/postfix-files /usr/share/postfix/master.cf.dist; do
	[ -f "$f" ] && cp "$f" "$P/etc/"
done
[ -d /etc/postfix/postfix-files.d ] && cp -r /etc/postfix/postfix-files.d "$P/etc/"

sed 's/:.*/ ok/' "$DV/users" >"$P/etc/mailboxes"
domains=$(sed 's/:.*//; s/.*@//' "$DV/users" | sort -u | tr '\n' ' ')

cat >"$P/etc/main.cf" <<C
compatibility_level = 3.6
queue_directory = $P/spool
data_directory = $P/data
config_directory = $P/etc
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.test
mydomain = test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
relay_domains =
default_transport = error:5.1.2 no mail leaves this test server
relayhost =
virtual_mailbox_domains = $domains
virtual_mailbox_maps = texthash:$P/etc/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:$LMTP_PORT
message_size_limit = 157286400
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtputf8_enable = yes
# queue work at once: tests wait for it
minimal_backoff_time = 1s
maximal_backoff_time = 5s
queue_run_delay = 1s
in_flow_delay = 0
maillog_file = /dev/stdout
maillog_file_prefixes = /dev
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:$AUTH_PORT
smtpd_tls_cert_file = $DV/c.pem
smtpd_tls_key_file = $DV/k.pem
smtpd_tls_security_level = may
C
cat >"$P/etc/master.cf" <<C
$SMTP_PORT inet n - n - - smtpd
$SUBMISSION_PORT inet n - n - - smtpd
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
smtp unix - - n - - smtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
C
exec postfix -c "$P/etc" start-fg
