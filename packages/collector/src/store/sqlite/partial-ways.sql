select session_row,
    json_group_array(path) over (partition by session_row order by place rows unbounded preceding) as steps
  from steps
  where place <= :steps
