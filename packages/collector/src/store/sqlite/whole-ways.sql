select session_row, json_group_array(path order by place /* toward */) as steps
  from steps
  where place <= :steps
  group by session_row
