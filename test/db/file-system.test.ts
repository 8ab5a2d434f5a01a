import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assertLocal, fileSystemOf, isNetwork } from '#db/file-system.ts';
import { freshFolder } from '#test/support/folder.ts';

const MOUNTS = `
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 0:21 / /proc rw,nosuid shared:5 - proc proc rw
24 22 8:3 / /var rw,relatime - xfs /dev/sda3 rw
61 24 0:50 / /var/lib/shared rw,relatime shared:33 master:2 - nfs4 files.example:/export rw,vers=4.2
62 24 0:51 / /var/lib/my\\040data rw - cifs //files/data rw
63 24 8:2 /srv/real /var/lib/shared/local rw - ext4 /dev/sda2 rw
64 22 0:52 / /media/stick rw - fuse.sshfs ana@host: rw
65 22 8:9 / /twice rw - ext4 /dev/sdb1 rw
66 22 0:53 / /twice rw - 9p share rw
`;

test.each([
  ['/home/ana', 'ext4'],
  ['/var/lib/meterdesk', 'xfs'],
  ['/var/lib/shared', 'nfs4'],
  ['/var/lib/shared/utility', 'nfs4'],
  ['/var/lib/sharedness', 'xfs'],
  ['/var/lib/my data/utility', 'cifs'],
  ['/var/lib/shared/local/utility', 'ext4'],
  ['/media/stick', 'fuse.sshfs'],
  ['/twice/over', '9p'],
])('%s is on %s', (folder, type) => {
  expect(fileSystemOf(MOUNTS, folder)).toBe(type);
});

test('a table that says nothing of a folder refuses nothing', () => {
  expect(fileSystemOf('', '/home')).toBeNull();
  expect(fileSystemOf('nonsense\n1 2 3 - \n', '/home')).toBeNull();
  expect(() => assertLocal(freshFolder(), '/nowhere/mountinfo')).not.toThrow();
});

test('what reaches another machine is the network, disks of this one are not', () => {
  const network = ['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'fuse.sshfs', 'fuse.rclone', '9p', 'afs', 'ceph'];
  expect(network.concat('glusterfs', 'lustre', 'fuse.glusterfs').filter((type) => !isNetwork(type))).toEqual([]);
  expect(['ext4', 'xfs', 'btrfs', 'zfs', 'tmpfs', 'overlay', 'apfs', 'fuseblk'].filter(isNetwork)).toEqual([]);
});

test('a folder on the network is refused in words', () => {
  const folder = freshFolder();
  const table = join(folder, 'mountinfo');
  writeFileSync(table, `22 1 0:9 / / rw - nfs4 files:/root rw\n`);
  expect(() => assertLocal(folder, table)).toThrow(/network file system \(nfs4\).*PostgreSQL/);
});
