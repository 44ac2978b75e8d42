#!/bin/bash
# Starts MongoDB as a member of a replica set that asks for passwords. Members prove themselves to each other with a key;
# the first start makes it, beside the data. Further members need a copy of it.
set -eu
key=/data/db/replica-set.key
if [ ! -s "$key" ]; then
  (umask 077 && head -c 756 /dev/urandom | base64 -w 0 > "$key.new")
  chown mongodb:mongodb "$key.new"
  mv "$key.new" "$key"
fi
exec docker-entrypoint.sh mongod --replSet rs0 --keyFile "$key" --bind_ip_all --wiredTigerCacheSizeGB 0.5
