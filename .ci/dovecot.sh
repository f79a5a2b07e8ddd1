#!/bin/sh
# A throw-away Dovecot on loopback, in the foreground: IMAP, IMAPS, LMTP for
# postfix.sh, and login for postfix.sh. Everything lies under DIR.
#
#   sh .ci/dovecot.sh DIR
#
# Run as root: Dovecot changes to its own users. Parameters by environment:
#   MAIL_USERS      address:password …, one mailbox each (login name: the address)
#   IMAP_PORT 11143, IMAPS_PORT 11993, LMTP_PORT 11024, AUTH_PORT 11026
# The certificate (localhost, 127.0.0.1) is DIR/c.pem. End it with SIGTERM.
set -eu

dir=${1:?directory}
mkdir -p "$dir"
D=$(cd "$dir" && pwd) # must be absolute
: "${IMAP_PORT:=11143}" "${IMAPS_PORT:=11993}" "${LMTP_PORT:=11024}" "${AUTH_PORT:=11026}"
: "${MAIL_USERS:=dianshangchu@gd.example:secret staff@gd.example:secret
guangzhou@gz.gd.example:secret foshan@fs.gd.example:secret shenzhen@sz.gd.example:secret
zhuhai@zh.gd.example:secret shaoguan@sg.gd.example:secret company@example.test:secret}"

mkdir -p "$D/run" "$D/mail"
chmod 755 "$D" "$D/run"
chown dovecot: "$D/mail"
if [ ! -f "$D/c.pem" ]; then
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
		-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$D/k.pem" -out "$D/c.pem" 2>/dev/null
fi
for u in $MAIL_USERS; do
	echo "${u%%:*}:{PLAIN}${u#*:}::::::"
done >"$D/users"

cat >"$D/dovecot.conf" <<C
base_dir = $D/run
state_dir = $D/run
log_path = $D/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <$D/c.pem
ssl_key = <$D/k.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_username_format = %Lu
auth_failure_delay = 0
default_internal_user = dovecot
default_login_user = dovenull
# mail uid 0 is refused, so the mailboxes are dovecot's
first_valid_uid = 0
mail_uid = dovecot
mail_gid = dovecot
mail_location = maildir:$D/mail/%d/%n
mail_max_userip_connections = 50
mail_plugins = quota
postmaster_address = postmaster@localhost
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=1G
}
passdb {
  driver = passwd-file
  args = $D/users
}
userdb {
  driver = passwd-file
  args = $D/users
  override_fields = uid=dovecot gid=dovecot home=$D/mail/%d/%n
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
  mailbox Junk {
    special_use = \\Junk
    auto = create
  }
}
protocol imap {
  mail_plugins = quota imap_quota
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $IMAP_PORT
  }
  inet_listener imaps {
    port = $IMAPS_PORT
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $LMTP_PORT
  }
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = $AUTH_PORT
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
C
exec dovecot -F -c "$D/dovecot.conf"
