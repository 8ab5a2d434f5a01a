/**
 * Statements that give groups rights which they have not got yet, for utilities that were there before the
 * rights were: a new one gets all of its rights when it is made.
 */
export const grants = (rights: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(rights).flatMap(([group, permissions]) =>
    permissions.map(
      (permission) => `insert into group_permission (id, group_id, permission)
      select coalesce((select max(id) from group_permission), 0) + 1, g.id, '${permission}' from user_group g
      where g.code = '${group}' and not exists
        (select 1 from group_permission p where p.group_id = g.id and p.permission = '${permission}');`,
    ),
  );
